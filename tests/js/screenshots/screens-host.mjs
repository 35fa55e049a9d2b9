// The states of the player page around the people who look after the world: its light, their card, their words, and the
// link to bring a friend. As in `screens-player.mjs`.

import { chatField, say } from "../browser.js";
import { PEOPLE } from "./people.mjs";
import {
  accountOf, amongPeople, button, complaint, enter, inHours, logInAs, openMenu, openPerson, refusedAtTheDoor,
} from "./stories-player.mjs";

/** The world in this light, without waiting for it to change. */
const inLight = (mood) => ({
  name: `world-${mood}`,
  async show(stage) {
    await stage.page.emulateMedia({ reducedMotion: "reduce" });
    await amongPeople(stage);
    stage.wire.say("world:mood", { mood });
  },
});

/** The card of Ruben, about whom Ines wrote to the moderators, as the host has it. */
async function hostsCard(stage) {
  await amongPeople(stage, {
    as: async (it, others) => {
      await others.report("Ines", "Ruben", it.text.desk.usualReasons.following);
      await logInAs(it, "host");
    },
  });
  await openPerson(stage, "Ruben");
  await stage.page.locator(".desk-reports").waitFor();
  return stage.page.getByRole("dialog");
}

const acting = (act, more = async () => {}) => ({
  name: `host-card-${act}`,
  async show(stage) {
    const card = await hostsCard(stage);
    await card.getByRole("button", { name: stage.text.desk.act[act], exact: true }).click();
    await more(stage, card);
  },
});

/** The form in which a player reports Ruben. */
async function reportRuben(stage) {
  await amongPeople(stage);
  await openPerson(stage, "Ruben");
  await button(stage, stage.text.report).click();
}

async function openShare(stage) {
  const shortcut = stage.page.locator(".share-button");
  if (await shortcut.isVisible()) await shortcut.click();
  else {
    await openMenu(stage);
    await stage.page.locator(".menu-share").click();
  }
  await stage.page.getByRole("img", { name: stage.text.share.qr }).waitFor();
}

/** What the server answers to a line. */
const answered = (name, refusal, words) => ({
  name,
  async show(stage) {
    await amongPeople(stage);
    stage.wire.refuseLines(refusal);
    await say(stage.page, "Is the boat back yet");
    await stage.page.getByRole("log").getByText(words(stage.text)).waitFor();
  },
});

export const hostScreens = [
  inLight("dusk"),
  inLight("night"),
  {
    name: "share",
    async show(stage) {
      await amongPeople(stage);
      await openShare(stage);
    },
  },
  {
    name: "share-come-to-me",
    async show(stage) {
      await amongPeople(stage, { talk: false });
      await openShare(stage);
      await stage.page.getByLabel(stage.text.share.comeToMe).check();
      await stage.page.getByText(stage.text.place.plaza).waitFor();
    },
  },
  {
    name: "share-large",
    async show(stage) {
      await enter(stage);
      await openShare(stage);
      await button(stage, stage.text.share.large).click();
    },
  },
  { name: "host-card", show: hostsCard },
  acting("warn"),
  acting("mute"),
  acting("ban", (stage, card) => card.getByRole("button", { name: stage.text.desk.other }).click()),
  {
    name: "host-card-undo",
    async show(stage) {
      const card = await hostsCard(stage);
      await card.getByRole("button", { name: stage.text.desk.act.mute, exact: true }).click();
      await card.locator(".desk-order [type=submit]").click();
      await card.getByText(stage.text.desk.done.mute("Ruben")).waitFor();
    },
  },
  {
    name: "host-card-letter",
    async show(stage) {
      const card = await hostsCard(stage);
      await card.getByRole("button", { name: stage.text.desk.tell }).click();
    },
  },
  { name: "person-report", show: reportRuben },
  {
    name: "person-reported",
    async show(stage) {
      await reportRuben(stage);
      await stage.page.getByLabel(stage.text.reportWhy).fill("Follows me around");
      await button(stage, stage.text.reportSend).click();
      await stage.page.getByText(stage.text.reported).waitFor();
    },
  },
  {
    name: "person-not-heard",
    async show(stage) {
      await amongPeople(stage);
      await openPerson(stage, "Ines");
      await button(stage, stage.text.mute).click();
    },
  },
  {
    name: "world-bots",
    async show(stage) {
      await amongPeople(stage, { people: PEOPLE.slice(0, 4), talk: false });
      ["Emma", "Noah", "Mia"].forEach((name, i) => {
        const metadata = { bot: true, mapId: "harbour" };
        const position = { x: i * 2 - 2, y: 0, z: 2.4 };
        stage.wire.say("player:joined", { id: `bot-${i}`, name: `bot ${name} ${i + 1}`, position, animation: "idle", metadata });
      });
      await stage.page.getByText(stage.text.beside(5, 3)).waitFor({ state: "attached" });
    },
  },
  {
    name: "chat-announcement",
    async show(stage) {
      await amongPeople(stage);
      const { token } = await accountOf(stage.server, "host");
      const body = { message: "The ferry leaves at nine" };
      await stage.server.ask("POST", "/admin/announcements", { token, body });
      await stage.page.getByRole("log").getByText(body.message).waitFor();
    },
  },
  {
    name: "announcement-pinned",
    async show(stage) {
      await amongPeople(stage);
      const by = { id: "host", name: "Sofie" };
      const pinned = { id: "p1", message: "The boat parade starts at the jetty.", at: inHours(-0.7), until: inHours(1.3), by };
      stage.wire.say("world:pinned", { pinned });
      await stage.page.locator(".notice-pinned").waitFor();
    },
  },
  {
    name: "chat-silenced",
    async show(stage) {
      await amongPeople(stage);
      stage.wire.say("moderation:notice", { kind: "muted", message: "", reason: "", until: inHours(2) });
      await stage.page.locator("#chat-silenced").waitFor();
      await stage.page.locator(".notice-muted").getByRole("button").click();
    },
  },
  answered("chat-held", { code: "held" }, (text) => text.refused.held),
  answered("chat-not-allowed", { code: "not-allowed" }, (text) => text.refused["not-allowed"]),
  answered("chat-slow-mode", { code: "rate-limited", until: inHours(0.01) }, (text) => text.slowMode("").split(":")[0]),
  {
    name: "notice-direct-word",
    async show(stage) {
      await amongPeople(stage);
      const from = { name: "Marisol", role: "host" };
      stage.wire.say("moderation:notice", { kind: "announcement", message: "Your boat is ready", from });
      await stage.page.locator(".banner:not([hidden])").waitFor();
      await chatField(stage.page).focus();
    },
  },
  refusedAtTheDoor("entry-full", { code: "world-full", message: "Full." }, complaint),
  {
    name: "entry-wardrobe",
    async show(stage) {
      await stage.page.getByRole("button", { name: stage.text.look }).click();
      await button(stage, stage.text.style.sailor).click();
    },
  },
  {
    name: "account-register-short",
    async show(stage) {
      await stage.page.locator(".card-foot button").click();
      await button(stage, stage.text.register).click();
      await stage.page.getByLabel(stage.text.email).fill("sofie@example.org");
      await stage.page.getByLabel(stage.text.password).fill("short");
      await stage.page.getByRole("dialog").locator("[type=submit]").click();
      await complaint(stage).waitFor();
    },
  },
];
