// What the journeys through the administration share: signing in, and the views by their names.

import { visit } from "./browser.js";
import { adminWordsFor } from "./words.mjs";

/** View ids with the names in the navigation. */
export const VIEWS = {
  dashboard: "Dashboard", players: "Players", chat: "Chat", reports: "Reports", invite: "Invite", users: "Accounts",
  sanctions: "Bans and mutes", sprites: "Sprites", bots: "Bots", audit: "Audit log", loadtest: "Load test", logs: "Logs", settings: "Settings",
};

export const english = (browser, options = {}) =>
  browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });

/** Opens a view and signs in on the way. */
export async function signIn(context, server, account, complaints, view = "dashboard") {
  const page = await visit(context, `${server.url}/admin/#/${view}`, complaints);
  await fillSignIn(page, account);
  await heading(page, VIEWS[view]).waitFor();
  return page;
}

/** `text`: what the page says in its language. */
export async function fillSignIn(page, { user, password }, text = adminWordsFor("en")) {
  await page.getByLabel(text.signIn.email).fill(user.email);
  await page.getByLabel(text.signIn.password, { exact: true }).fill(password);
  await page.keyboard.press("Enter");
}

export const heading = (page, name) => page.getByRole("heading", { level: 1, name });

/** Goes to a view by the navigation. */
export async function open(page, view) {
  await page.getByRole("navigation").getByRole("link", { name: VIEWS[view] }).first().click();
  await heading(page, VIEWS[view]).waitFor();
}

/** A row of the players table, by the player's name. */
export const row = (page, name) => page.getByRole("row").filter({ hasText: name });

/** The drawer about somebody, opened from the players table. */
export async function about(page, name) {
  await row(page, name).click();
  const drawer = page.getByRole("complementary", { name: `About ${name}` });
  await drawer.waitFor();
  return drawer;
}
