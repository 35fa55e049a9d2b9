// What screens of the administration do on their way to a state.

import { filled } from "../../words.mjs";

export const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Presses the button that this picks from the words. */
export const press = (of) => (page, { text }) => button(page, of(text)).click();

/** Chooses in the first row of tabs; its label stands on what one presses. */
export const tab = (of) => (page, { text }) =>
  page.getByRole("radiogroup").first().locator("label").filter({ hasText: of(text) }).first().click();

/** Opens a dialog by its button and goes on in it. */
export async function dialog(page, name, more = async () => {}) {
  await button(page, name).click();
  await page.getByRole("dialog").waitFor();
  await more(page.getByRole("dialog"));
}

/** A text of the page, as what an element contains. */
export const saying = (page, text, values = {}) => page.getByText(filled(text, values)).first();

/** The one who is reported, warned and muted in every scripted evening. */
export const TROUBLED = "players/n1-4";

/** What the browser itself writes when nothing answers. */
export const UNREACHABLE = [/ERR_/, /WebSocket/, /Failed to load resource/];

/** For states that a phone shows as a desktop does. */
export const WIDE = ["light", "dark"];
