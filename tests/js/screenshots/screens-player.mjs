// Every state of the player page that somebody should have looked at.
//
// A screen is `{name, show(stage)}`: `show` brings a fresh page into that state and may return a way to tidy up. The
// stage is `{server, page, text, wire}`: `text` is what the page says in its language, and `wire` speaks in the server's
// place where a real server would take long or close the world for everybody.

import { chatField, enter as goIn } from "../browser.js";
import { crowd, gather, PEOPLE } from "./people.mjs";

export const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  narrow: { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

/** What the browser itself writes when nothing answers. */
const UNREACHABLE = [/ERR_FAILED/, /WebSocket/];

const enter = ({ page, text }, name = "Sofie") => goIn(page, name, text);

/** Among the people of the reference picture, with what they say. */
async function amongPeople(stage, { people = PEOPLE, talk = true } = {}) {
  const { server, page } = stage;
  const others = await gather(server, people);
  await enter(stage);
  await page.getByText("Sofie").first().waitFor({ state: "attached" });
  if (talk) await others.talk();
  return others;
}

const button = ({ page }, name) => page.getByRole("button", { name, exact: true });

async function openList(stage) {
  const toggle = button(stage, stage.text.peopleHere(PEOPLE.length + 1));
  if (await toggle.isVisible()) await toggle.click();
  await button(stage, stage.text.more(7)).click();
}

const openMenu = (stage) => button(stage, stage.text.menu).click();

async function openWardrobe(stage) {
  await enter(stage);
  const shortcut = stage.page.locator(".look-button");
  if (await shortcut.isVisible()) await shortcut.click();
  else {
    await openMenu(stage);
    await button(stage, stage.text.look).click();
  }
  await stage.page.getByRole("dialog").waitFor();
}

/** From the menu in the world, from the foot of the card before it. */
async function openAccount(stage) {
  if (await button(stage, stage.text.menu).isVisible()) {
    await openMenu(stage);
    await button(stage, stage.text.account).click();
  } else {
    await stage.page.locator(".card-foot button").click();
  }
  await stage.page.getByRole("dialog").waitFor();
}

async function fillLogIn({ page, text }, email, password) {
  await page.getByLabel(text.email).fill(email);
  await page.getByLabel(text.password).fill(password);
  await page.getByRole("dialog").getByRole("button", { name: text.logIn }).click();
}

let accounts = 0;

async function loggedIn(stage) {
  accounts += 1;
  const name = `sofie-${accounts}`;
  const { password } = await stage.server.account(name);
  await openAccount(stage);
  await fillLogIn(stage, `${name}@example.org`, password);
  await stage.page.getByRole("dialog").waitFor({ state: "hidden" });
  await openAccount(stage);
}

const inHours = (hours) => new Date(Date.now() + hours * 3600_000).toISOString();

const terminated = (code, more = {}) => ({
  name: `ended-${code}${more.until ? "-until" : ""}`,
  async show(stage) {
    const { page, wire } = stage;
    await enter(stage, "Ruben");
    wire.say("session:terminated", { code, reason: "", message: "Your visit has ended.", ...more });
    await page.getByRole("alertdialog").waitFor();
  },
});

const refusedAtTheDoor = (name, refusal, answer) => ({
  name,
  async show(stage) {
    stage.wire.refuseJoins(refusal);
    await stage.page.getByLabel(stage.text.yourName).fill("Sofie");
    await stage.page.keyboard.press("Enter");
    await answer(stage).waitFor();
  },
});

const complaint = ({ page }) => page.getByRole("alert").filter({ hasText: /\S/ });

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
  { name: "entry", show: ({ page, text }) => page.locator(".entrance").getByText(text.nobodyHere).waitFor() },
  {
    name: "entry-people",
    async show({ server, page, text }) {
      const others = await gather(server);
      await page.locator(".entrance").getByText(text.peopleHere(PEOPLE.length)).waitFor();
      return others.goHome;
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
    async show(stage) {
      await enter(stage);
      await button(stage, stage.text.emotes).click();
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
      await openList(stage);
      return others.goHome;
    },
  },
  {
    name: "person-card",
    async show(stage) {
      const others = await amongPeople(stage);
      await openList(stage);
      await stage.page.getByRole("list", { name: stage.text.hereNow }).getByText("Ines").click();
      await stage.page.getByRole("dialog").waitFor();
      return others.goHome;
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
      const others = await amongPeople(stage);
      await stage.wire.drop();
      await stage.page.locator(".banner:not([hidden])").waitFor();
      return others.goHome;
    },
    complaints: UNREACHABLE,
  },
  noticed("notice-warned", { kind: "warned", message: "Please let the others through the gate." }),
  noticed("notice-muted", { kind: "muted", message: "Too loud for this hour.", until: inHours(50) }),
  noticed("notice-announcement", { kind: "announcement", message: "The world closes at ten for an hour." }),
  noticed("notice-refused", { kind: "refused", message: "Nobody else has read it.", content: "you f00l" }),
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
      await button(stage, stage.text.leaveForToday).click();
    },
  },
];
