// Every view and state of the administration that somebody should have looked at.
//
// A screen is `{name, view, world?, before?, show?}`: `world` goes to the scripted server, `before` prepares it, `show`
// brings the opened page into the state. `real: true` needs the real server, because its pictures come from there.

import { png } from "../png.js";

export const devices = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  phone: {
    viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2, hasTouch: true, isMobile: true,
  },
};

const button = (page, name) => page.getByRole("button", { name, exact: true });
const press = (name) => (page) => button(page, name).click();

const TROUBLED = "players/n1-4";

/** What the browser itself writes when nothing answers. */
const UNREACHABLE = [/ERR_/, /WebSocket/, /Failed to load resource/];

/** Fills in the form of the load test and starts it. */
async function startRun(page, fields) {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByText("Batch", { exact: true }).click();
  await button(page, "Start run").click();
}

async function dialog(page, name, more = async () => {}) {
  await button(page, name).click();
  await page.getByRole("dialog").waitFor();
  await more(page.getByRole("dialog"));
}

export const adminScreens = [
  ...["dashboard", "players", "chat", "reports", "invite", "users", "sanctions", "bots", "audit", "logs", "settings"].map(
    (view) => ({ name: view, view }),
  ),
  {
    name: "ban-address",
    view: "sanctions",
    show: (page) =>
      dialog(page, "Ban an address", (box) => box.getByLabel("Address or block").fill("192.168.1.0/27")),
  },
  {
    name: "ban-address-wrong",
    view: "sanctions",
    show: (page) =>
      dialog(page, "Ban an address", async (box) => {
        await box.getByLabel("Address or block").fill("192.168.1");
        await page.keyboard.press("Enter");
      }),
  },
  {
    name: "webhooks",
    view: "bots",
    show: async (page) => {
      await page.getByText("Webhooks", { exact: true }).click();
      await page.getByRole("button", { name: "What Staff room was told lately" }).click();
      await page.getByRole("listitem").filter({ hasText: "Tried" }).waitFor();
    },
  },
  {
    name: "webhooks-none",
    view: "bots",
    world: { players: 0 },
    show: (page) => page.getByText("Webhooks", { exact: true }).click(),
  },
  {
    name: "webhooks-new",
    view: "bots",
    show: async (page) => {
      await page.getByText("Webhooks", { exact: true }).click();
      await dialog(page, "New webhook");
    },
  },
  { name: "bots-none", view: "bots", world: { players: 0 } },
  { name: "bots-new", view: "bots", show: (page) => dialog(page, "New bot") },
  {
    name: "bots-token",
    view: "bots",
    show: (page) =>
      dialog(page, "New bot", async (box) => {
        await box.getByLabel("Name").fill("Greeter of the evening");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: /^The token of/ }).waitFor();
      }),
  },
  {
    name: "bots-revoke",
    view: "bots",
    show: async (page) => {
      await page.getByRole("row").filter({ hasText: "Word keeper" }).getByRole("button").click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "sprites", view: "sprites", real: true },
  { name: "sprite-draw", view: "sprites", real: true, show: (page) => dialog(page, "Draw one") },
  { name: "loadtest-empty", view: "loadtest" },
  {
    name: "loadtest-running",
    view: "loadtest",
    real: true,
    async show(page) {
      await startRun(page, { Clients: "40", Length: "9", "One update every": "150", "One new client every": "60" });
      await page.getByText(/^[6-8]\ss of 9\ss/).waitFor();
    },
    after: (page) => page.getByText("Completed", { exact: true }).first().waitFor(),
  },
  {
    name: "loadtest-compared",
    view: "loadtest",
    real: true,
    async show(page) {
      await page.getByRole("table").first().getByRole("button").first().waitFor();
      await startRun(page, { Clients: "60", Length: "6", "One update every": "100", "One new client every": "30" });
      await page.getByText("Completed", { exact: true }).first().waitFor();
      await page.getByRole("combobox", { name: "Compare with" }).click();
      await page.getByRole("option").nth(1).click();
      await page.getByRole("heading", { name: /^Compared with/ }).waitFor();
      const chart = page.getByRole("figure", { name: "Fan-out, ms" });
      await chart.hover();
    },
  },
  { name: "drawer", view: TROUBLED },
  {
    name: "kick",
    view: TROUBLED,
    show: (page) => dialog(page, "Kick", (it) => it.getByLabel("Reason").fill("Insulting other people in chat")),
  },
  {
    name: "ban",
    view: TROUBLED,
    show: (page) => dialog(page, "Ban", (it) => it.getByText(/also used by/).waitFor()),
  },
  {
    name: "mute",
    view: TROUBLED,
    show: (page) => dialog(page, "Mute", (it) => it.getByText("Other", { exact: true }).click()),
  },
  { name: "warn", view: TROUBLED, show: (page) => dialog(page, "Warn") },
  {
    name: "undo",
    view: TROUBLED,
    async show(page) {
      await dialog(page, "Mute", (it) => it.getByRole("button", { name: /^Mute/ }).click());
      await button(page, "Undo").waitFor();
    },
  },
  { name: "announce", view: "players", show: press("Announce") },
  {
    name: "kick-all",
    view: "players",
    async show(page) {
      await button(page, "Columns and rows").click();
      await page.getByRole("menuitem", { name: "Kick everybody" }).click();
    },
  },
  { name: "columns", view: "players", show: press("Columns and rows") },
  {
    name: "no-match",
    view: "players",
    show: (page) => page.getByLabel("Filter by name or address").fill("nobody at all"),
  },
  {
    name: "palette",
    view: "dashboard",
    async show(page) {
      await button(page, "Find a player or a page").click();
      await page.getByRole("combobox").fill("an");
    },
  },
  { name: "keys", view: "dashboard", show: (page) => page.keyboard.press("?") },
  { name: "more", view: "dashboard", only: "phone", show: press("More") },
  { name: "big-screen", view: "invite", show: press("Show on a big screen") },
  { name: "new-account", view: "users", show: press("New account") },
  { name: "person", view: "chat", show: (page) => page.getByRole("button", { name: "brk_99" }).first().click() },
  { name: "sign-in", view: "dashboard", signedIn: false },
  { name: "setup", hash: "#setup=one-time", signedIn: false },
  {
    name: "expired",
    view: TROUBLED,
    complaints: UNREACHABLE,
    async show(page, server) {
      await dialog(page, "Kick", (it) => it.getByLabel("Reason").fill("Half a sentence"));
      server.control.signedIn = false;
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Sign in again" }).waitFor();
    },
  },
  {
    name: "suspended",
    view: TROUBLED,
    complaints: UNREACHABLE,
    async show(page, server) {
      server.suspend();
      await page.getByText(/suspended until/).waitFor();
    },
  },
  {
    name: "unsaved",
    view: "settings",
    async show(page) {
      await page.locator("#setting-world_name").fill("The Long Quay");
      await page.evaluate(() => {
        location.hash = "#/players";
      });
      await page.getByRole("heading", { name: "Leave without saving?" }).waitFor();
    },
  },
  { name: "dashboard-crowd", view: "dashboard", world: { players: 900 } },
  {
    name: "sprite-upload",
    view: "sprites",
    real: true,
    async show(page) {
      await dialog(page, "Upload");
      const chooses = page.waitForEvent("filechooser");
      await button(page, "Choose a PNG").click();
      await (await chooses).setFiles({ name: "harbour cat.png", mimeType: "image/png", buffer: png(150, 160) });
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "lost",
    view: "dashboard",
    complaints: UNREACHABLE,
    async show(page, server) {
      await server.stop();
      await page.getByText(/Connection lost, retrying in/).first().waitFor();
    },
  },
  {
    name: "viewer",
    view: TROUBLED,
    world: { role: "viewer" },
    async show(page) {
      await button(page, "Kick").hover();
      await page.getByRole("tooltip").waitFor();
    },
  },
  { name: "locked", view: "logs", world: { role: "moderator" } },
  ...["dashboard", "players", "chat", "reports", "sanctions"].map((view) => ({
    name: `${view}-empty`,
    view,
    world: { players: 0 },
  })),
  {
    name: "failed",
    view: "audit",
    complaints: UNREACHABLE,
    before: (server) => {
      server.control.fail = /audit/;
    },
  },
  {
    name: "loading",
    view: "users",
    before: (server) => {
      server.control.hang = /users/;
    },
    show: (page) => page.locator(".mantine-Skeleton-root").first().waitFor(),
  },
];
