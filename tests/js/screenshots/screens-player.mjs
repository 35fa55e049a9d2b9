// Every state of the player page that somebody should have looked at.
//
// A screen is `{name, show(stage)}`: `show` brings a fresh page into that state and may return a way to tidy up. The
// stage is `{server, page, device, wire}`; `wire` speaks in the server's place where a real server would take long or
// close the world for everybody.

import { chatField, enter } from "../browser.js";
import { crowd, gather, PEOPLE } from "./people.mjs";

export const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  narrow: { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

/** What the browser itself writes when nothing answers. */
const UNREACHABLE = [/ERR_FAILED/, /WebSocket/];

const PASSWORD = "correct horse battery";

/** Among the people of the reference picture, with what they say. */
async function amongPeople({ server, page }, { people = PEOPLE, talk = true } = {}) {
  const others = await gather(server, people);
  await enter(page, "Sofie");
  await page.getByText("Sofie").first().waitFor({ state: "attached" });
  if (talk) await others.talk();
  return others;
}

async function openList(page) {
  const toggle = page.getByRole("button", { name: /people are here/ });
  if (await toggle.isVisible()) await toggle.click();
  await page.getByRole("button", { name: "7 more" }).click();
}

async function openMenu(page) {
  await page.getByRole("button", { name: "Menu" }).click();
}

async function openWardrobe(stage) {
  await enter(stage.page, "Sofie");
  const shortcut = stage.page.getByRole("button", { name: "Change your look" });
  if (await shortcut.first().isVisible()) await shortcut.first().click();
  else {
    await openMenu(stage.page);
    await stage.page.locator(".menu-look").click();
  }
  await stage.page.getByRole("dialog").waitFor();
}

async function openAccount(page) {
  await openMenu(page);
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("dialog").waitFor();
}

let accounts = 0;

async function loggedIn({ server, page }) {
  accounts += 1;
  const name = `sofie${accounts}-${Date.now()}`;
  await server.account(name);
  await openAccount(page);
  await page.getByLabel("E-mail").fill(`${name}@example.org`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("dialog").getByRole("button", { name: "Log in" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await openAccount(page);
}

const inHours = (hours) => new Date(Date.now() + hours * 3600_000).toISOString();

const terminated = (code, more = {}) => ({
  name: `ended-${code}${more.until ? "-until" : ""}`,
  async show({ page, wire }) {
    await enter(page, "Ruben");
    wire.say("session:terminated", { code, reason: "", message: "Your visit has ended.", ...more });
    await page.getByRole("alertdialog").waitFor();
  },
});

const refusedAtTheDoor = (name, refusal, answer) => ({
  name,
  async show(stage) {
    stage.wire.refuseJoins(refusal);
    await stage.page.getByLabel("Your name").fill("Sofie");
    await stage.page.keyboard.press("Enter");
    await answer(stage.page).waitFor();
  },
});

const complaint = (page) => page.getByRole("alert").filter({ hasText: /\S/ });

const noticed = (name, notice) => ({
  name,
  async show(stage) {
    const others = await amongPeople(stage);
    stage.wire.say("moderation:notice", notice);
    await stage.page.locator(".banner:not([hidden])").waitFor();
    return others.goHome;
  },
});

export const playerScreens = [
  { name: "entry", show: ({ page }) => page.locator(".entrance").getByText("Nobody is here yet").waitFor() },
  {
    name: "entry-people",
    async show({ server, page }) {
      const others = await gather(server);
      await page.locator(".entrance").getByText("11 people are here").waitFor();
      return others.goHome;
    },
  },
  {
    name: "entry-no-name",
    async show({ page }) {
      await page.getByRole("button", { name: "Go in" }).click();
      await page.getByText("Write a name first").waitFor();
    },
  },
  {
    name: "entry-out-of-reach",
    async show({ page, wire }) {
      await page.locator("body[data-lantern=lit]").waitFor();
      await wire.cut();
      await page.getByText("does not answer").waitFor();
    },
    complaints: UNREACHABLE,
  },
  refusedAtTheDoor("entry-pin", { code: "pin-required", message: "Type the PIN." }, (page) => page.getByLabel("PIN")),
  refusedAtTheDoor("entry-wrong-pin", { code: "wrong-pin", message: "That is not the PIN." }, complaint),
  refusedAtTheDoor("entry-guests-not-allowed", { code: "guests-not-allowed", message: "Log in." }, complaint),
  {
    name: "world-empty",
    async show({ page }) {
      await enter(page, "Sofie");
      await page.getByText("Only you so far").waitFor({ state: "attached" });
    },
  },
  { name: "world-people", show: async (stage) => (await amongPeople(stage)).goHome },
  {
    name: "world-crowd",
    async show(stage) {
      const others = await amongPeople(stage, { people: crowd(60), talk: false });
      await others.talk([["Guest 4", "It is full tonight"], ["Guest 9", "Come to the market"]]);
      return others.goHome;
    },
  },
  {
    name: "world-emotes",
    async show(stage) {
      const others = await amongPeople(stage, { talk: false });
      await stage.page.keyboard.press("Digit5");
      const emotes = ["wave", "smile", "laugh", "wow", "heart", "idea", "question", "music"];
      await Promise.all(emotes.map((emote, i) => others.feel(PEOPLE[i][0], emote)));
      return others.goHome;
    },
  },
  {
    name: "emote-picker",
    async show({ page }) {
      await enter(page, "Sofie");
      await page.getByRole("button", { name: "Show a feeling" }).click();
    },
  },
  {
    name: "chat-open",
    async show(stage) {
      const others = await amongPeople(stage);
      await chatField(stage.page).fill("I am coming too");
      return others.goHome;
    },
  },
  {
    name: "people-list",
    async show(stage) {
      const others = await amongPeople(stage);
      await openList(stage.page);
      return others.goHome;
    },
  },
  {
    name: "person-card",
    async show(stage) {
      const others = await amongPeople(stage);
      await openList(stage.page);
      await stage.page.getByRole("list", { name: "Here now" }).getByText("Ines").click();
      await stage.page.getByRole("dialog").waitFor();
      return others.goHome;
    },
  },
  {
    name: "menu",
    async show({ page }) {
      await enter(page, "Sofie");
      await openMenu(page);
    },
  },
  { name: "wardrobe", show: openWardrobe },
  {
    name: "wardrobe-parts",
    async show(stage) {
      await openWardrobe(stage);
      await stage.page.getByRole("button", { name: "Sailor cap" }).click();
      await stage.page.getByRole("group", { name: "Shoes" }).scrollIntoViewIfNeeded();
    },
  },
  { name: "account-log-in", show: ({ page }) => openAccount(page) },
  {
    name: "account-wrong",
    async show({ page }) {
      await openAccount(page);
      await page.getByLabel("E-mail").fill("nobody@example.org");
      await page.getByLabel("Password").fill("not the password");
      await page.getByRole("dialog").getByRole("button", { name: "Log in" }).click();
      await page.getByText("is not right").waitFor();
    },
    // The browser itself writes a line for every answer that is a refusal.
    complaints: [/status of 401/],
  },
  {
    name: "account-register",
    async show({ page }) {
      await openAccount(page);
      await page.getByRole("button", { name: "Make an account" }).click();
    },
  },
  { name: "account", show: loggedIn },
  {
    name: "account-password",
    async show(stage) {
      await loggedIn(stage);
      await stage.page.getByRole("button", { name: "Change password" }).click();
    },
  },
  {
    name: "account-delete",
    async show(stage) {
      await loggedIn(stage);
      await stage.page.getByRole("button", { name: "Delete account" }).click();
    },
  },
  {
    name: "reconnecting",
    async show(stage) {
      const others = await amongPeople(stage);
      await stage.wire.cut();
      await stage.page.getByText(/Coming back in/).first().waitFor();
      return others.goHome;
    },
    complaints: UNREACHABLE,
  },
  noticed("notice-warned", { kind: "warned", message: "Please let the others through the gate." }),
  noticed("notice-muted", { kind: "muted", message: "Too loud for this hour.", until: inHours(50) }),
  noticed("notice-announcement", { kind: "announcement", message: "The world closes at ten for an hour." }),
  terminated("kicked", { reason: "Please stop blocking the jetty. Come back when you have had a tea." }),
  terminated("banned", { reason: "Shouting at people who asked you to stop.", until: inHours(75) }),
  terminated("banned"),
  terminated("duplicate"),
  terminated("shutdown"),
  terminated("slow-consumer"),
  terminated("flooding"),
  terminated("idle"),
  terminated("closed"),
  {
    name: "good-night",
    async show(stage) {
      await terminated("kicked").show(stage);
      await stage.page.getByRole("button", { name: "Leave for today" }).click();
    },
  },
];
