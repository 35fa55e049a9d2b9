// The administration while its connection is away: what needs the server cannot be pressed, and says why.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { VIEWS } from "./admin.js";
import { accessibilityFaults, launch } from "./browser.js";
import { startScripted } from "./scripted/server.js";
import { adminWordsFor, beginning } from "./words.mjs";

/** Words of what only the server can do; what is left looks, opens, chooses or copies what is here already. */
const DOES =
  /Announce|Ban|Delete|Dismiss|Done|Draw|Export|Kick|Let through|Lift|Mute|New |Remove|Reply|Revoke|Save|Start|Try it|Undo|Upload|Warn|default|evening/;

describe("an administration without its server", () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
  });

  /** Opens a view of a lively evening, and takes the server away. */
  async function lost(view, locale, options) {
    const text = adminWordsFor(locale);
    const server = await startScripted({ heldLines: 1 });
    const context = await browser.newContext({ locale, reducedMotion: "reduce", viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    await page.goto(`${server.url}/admin/#/${view}`);
    await page.getByRole("heading", { level: 1, name: text.view[view.split("/")[0]] }).waitFor();
    await page.waitForLoadState("networkidle");
    // People are counted once the live feed has told of them.
    await page.locator("[data-of=players]").first().waitFor();
    await server.stop();
    await page.getByText(beginning(text.lost.retrying)).first().waitFor();
    return { page, close: () => context.close() };
  }

  /** The buttons of the content that can be pressed, by their names. */
  const usable = (page) =>
    page.locator("main").getByRole("button").evaluateAll((buttons) =>
      buttons
        .filter((it) => !it.disabled && it.getAttribute("aria-disabled") !== "true" && it.checkVisibility())
        .map((it) => (it.getAttribute("aria-label") ?? it.innerText).trim().replaceAll(/\s+/g, " ")),
    );

  for (const view of Object.keys(VIEWS)) {
    test(`no button of ${VIEWS[view]} that needs the server can be pressed`, async () => {
      const { page, close } = await lost(view, "en-GB");
      const names = await usable(page);
      assert.deepEqual(names.filter((name) => DOES.test(name)), []);
      await close();
    });
  }

  test("beside a line of chat each act says why it cannot be done", async () => {
    const { page, close } = await lost("chat", "es-ES");
    const why = adminWordsFor("es").why.lost;
    const line = page.getByRole("log").getByRole("article").last();
    await line.hover();
    const acts = line.getByRole("button", { name: /^(Responder|Quitar|Advertir|Silenciar)/ });
    assert.equal(await acts.count(), 4);
    for (const act of await acts.all()) {
      assert.equal(await act.getAttribute("aria-disabled"), "true");
      assert.equal(await act.getAttribute("aria-description"), why);
    }
    await close();
  });

  for (const [colorScheme, views] of [["light", ["dashboard", "chat", "settings"]], ["dark", ["chat", "reports", "players/n1-4"]]]) {
    test(`axe finds nothing where the connection is lost (${colorScheme})`, async () => {
      for (const view of views) {
        const { page, close } = await lost(view, "en-GB", { colorScheme });
        assert.deepEqual(await accessibilityFaults(page), [], view);
        await close();
      }
    });
  }
});
