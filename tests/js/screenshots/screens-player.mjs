// Every state of the player page that somebody should have looked at.
//
// A screen is `{name, show(stage)}`: `show` brings a fresh page into that state. The stage is
// `{server, page, text, wire}`: `text` is what the page says in its language, and `wire` speaks in the server's
// place where a real server would take long or close the world for everybody.

import { chatField } from "../browser.js";
import { crowd, gather, PEOPLE } from "./people.mjs";
import { hostScreens } from "./screens-host.mjs";
import {
  amongPeople, button, complaint, enter, fillLogIn, inHours, loggedIn, noticed, openAccount, openList, openMenu,
  openPerson, openWardrobe, pressSomebody, refusedAtTheDoor,
} from "./stories-player.mjs";

export const devices = {
  desktop: { viewport: { width: Number(process.env.SCREENSHOT_WIDTH ?? 1280), height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  narrow: { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

/** What the browser itself writes when nothing answers. */
const UNREACHABLE = [/ERR_FAILED/, /WebSocket/];

const terminated = (code, more = {}) => ({
  name: `ended-${code}${more.until ? "-until" : ""}`,
  async show(stage) {
    const { page, wire } = stage;
    await enter(stage, "Ruben");
    wire.say("session:terminated", { code, reason: "", message: "Your visit has ended.", ...more });
    await page.getByRole("alertdialog").waitFor();
  },
});

export const playerScreens = [
  { name: "entry", show: ({ page, text }) => page.locator(".entrance").getByText(text.nobodyHere).waitFor() },
  {
    name: "entry-people",
    async show({ server, page, text }) {
      await gather(server);
      await page.locator(".entrance").getByText(`${PEOPLE.length} ${text.peopleAreHere(PEOPLE.length)}`).waitFor();
    },
  },
  {
    name: "entry-no-name",
    async show(stage) {
      await stage.page.getByLabel(stage.text.yourName).fill("");
      await button(stage, stage.text.goIn).click();
      await stage.page.getByText(stage.text.nameMissing).waitFor();
    },
  },
  {
    name: "entry-out-of-reach",
    async show({ page, text, wire }) {
      await page.locator("body[data-lantern=lit]").waitFor();
      await wire.drop();
      await page.getByText(text.harbourOutOfReach).waitFor();
    },
    complaints: UNREACHABLE,
  },
  refusedAtTheDoor("entry-pin", { code: "pin-required", message: "Type the PIN." }, ({ page, text }) => page.getByLabel(text.pin)),
  refusedAtTheDoor("entry-wrong-pin", { code: "wrong-pin", message: "That is not the PIN." }, complaint),
  refusedAtTheDoor("entry-guests-not-allowed", { code: "guests-not-allowed", message: "Log in." }, complaint),
  {
    name: "world-empty",
    async show(stage) {
      await enter(stage);
      await stage.page.getByText(stage.text.onlyYou).waitFor({ state: "attached" });
    },
  },
  { name: "world-people", show: (stage) => amongPeople(stage) },
  {
    name: "world-crowd",
    async show(stage) {
      const others = await amongPeople(stage, { people: crowd(60), talk: false });
      await others.talk([["Guest 4", "It is full tonight"], ["Guest 9", "Come to the market"]]);
    },
  },
  {
    name: "world-emotes",
    async show(stage) {
      const others = await amongPeople(stage, { talk: false });
      await stage.page.keyboard.press("Digit5");
      const emotes = ["wave", "smile", "laugh", "wow", "heart", "idea", "question", "music"];
      await Promise.all(emotes.map((emote, i) => others.feel(PEOPLE[i][0], emote)));
    },
  },
  {
    name: "emote-picker",
    async show(stage) {
      await enter(stage);
      await button(stage, stage.text.emotes).click();
    },
  },
  {
    name: "chat-open",
    async show(stage) {
      await amongPeople(stage);
      await chatField(stage.page).fill("I am coming too");
    },
  },
  {
    name: "people-list",
    async show(stage) {
      await amongPeople(stage);
      await openList(stage);
    },
  },
  {
    name: "person-card",
    async show(stage) {
      await amongPeople(stage);
      await openPerson(stage, "Ines");
    },
  },
  {
    name: "card-of-a-press",
    async show(stage) {
      const others = await amongPeople(stage, { people: crowd(60), talk: false });
      await others.talk([["Guest 4", "It is full tonight"], ["Guest 9", "Come to the market"]]);
      await pressSomebody(stage);
    },
  },
  {
    name: "hint-fading",
    async show(stage) {
      await enter(stage);
      const hint = stage.page.getByRole("note");
      await hint.waitFor();
      await stage.page.keyboard.press("Digit1");
      await hint.locator("p").last().waitFor({ state: "hidden" });
    },
  },
  {
    name: "menu",
    async show(stage) {
      await enter(stage);
      await openMenu(stage);
    },
  },
  { name: "wardrobe", show: openWardrobe },
  {
    name: "wardrobe-parts",
    async show(stage) {
      await openWardrobe(stage);
      await button(stage, stage.text.style.sailor).click();
      await stage.page.getByRole("group", { name: stage.text.lookOf.shoes }).scrollIntoViewIfNeeded();
    },
  },
  { name: "account-log-in", show: openAccount },
  {
    name: "account-wrong",
    async show(stage) {
      await openAccount(stage);
      await fillLogIn(stage, "nobody@example.org", "not the password");
      await stage.page.getByText(stage.text.refused["wrong-credentials"]).waitFor();
    },
    // The browser itself writes a line for every answer that is a refusal.
    complaints: [/status of 401/],
  },
  {
    name: "account-register",
    async show(stage) {
      await openAccount(stage);
      await button(stage, stage.text.register).click();
    },
  },
  { name: "account", show: loggedIn },
  {
    name: "account-password",
    async show(stage) {
      await loggedIn(stage);
      await button(stage, stage.text.changePassword).click();
    },
  },
  {
    name: "account-delete",
    async show(stage) {
      await loggedIn(stage);
      await button(stage, stage.text.deleteAccount).click();
    },
  },
  {
    name: "reconnecting",
    async show(stage) {
      await amongPeople(stage);
      await stage.wire.drop();
      await stage.page.locator(".banner:not([hidden])").waitFor();
    },
    complaints: UNREACHABLE,
  },
  noticed("notice-warned", { kind: "warned", message: "Please let the others through the gate." }),
  noticed("notice-muted", { kind: "muted", message: "Too loud for this hour.", until: inHours(50) }),
  noticed("notice-announcement", { kind: "announcement", message: "The world closes at ten for an hour." }),
  noticed("notice-refused", { kind: "refused", message: "Nobody else has read it.", content: "you f00l" }),
  noticed("notice-lapsed", { kind: "lapsed", message: "Nobody else has read it.", content: "you f00l" }),
  terminated("kicked", { reason: "Please stop blocking the jetty. Come back when you have had a tea." }),
  terminated("banned", { reason: "Shouting at people who asked you to stop.", until: inHours(75) }),
  terminated("banned"),
  terminated("duplicate"),
  terminated("shutdown"),
  terminated("slow-consumer"),
  terminated("flooding"),
  terminated("idle"),
  terminated("closed", { message: "" }),
  {
    name: "good-night",
    async show(stage) {
      await terminated("kicked").show(stage);
      await button(stage, stage.text.leaveForToday).click();
    },
  },
  ...hostScreens,
];
