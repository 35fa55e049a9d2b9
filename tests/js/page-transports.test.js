// The pages behind proxies that let no websocket through: they come in by polling, and keep to it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chatField, enter, say, visit } from "./browser.js";
import { client, event } from "./harness.js";
import { startJourney } from "./journey.js";
import { proxyTo } from "./proxy.js";

const { server, browser } = await startJourney();

const remembered = (page) => page.evaluate(() => sessionStorage.getItem("comutiny.transport"));

/** A browser behind such a proxy, and everything its pages opened. */
async function behind(kind, run) {
  const proxy = await proxyTo(server.port, kind);
  const context = await browser.newContext({ locale: "en-US" });
  try {
    await run(proxy, context);
  } finally {
    await context.close();
    proxy.close();
  }
}

async function isHeard(page, words) {
  const listener = client(server, { transports: ["websocket"] });
  try {
    await event(listener, "world:state");
    await say(page, words);
    await event(listener, "chat:message", ({ content }) => content === words);
  } finally {
    listener.disconnect();
  }
}

for (const kind of ["close", "mute", "close-later"]) {
  describe(`behind a proxy that does "${kind}" to websockets`, () => {
    test("a visitor comes in by polling, is heard, and polls at once after a reload", () =>
      behind(kind, async (proxy, context) => {
        const page = await visit(context, proxy.url, []);
        await enter(page, `Wren ${kind}`);
        await isHeard(page, `hello through ${kind}`);
        assert.equal(await remembered(page), "polling");
        const tried = proxy.websockets;
        await page.reload();
        await enter(page, `Wren ${kind}`);
        await isHeard(page, `again through ${kind}`);
        assert.equal(proxy.websockets, tried);
      }));

    test("the administration goes live by polling", () =>
      behind(kind, async (proxy, context) => {
        const page = await context.newPage();
        const { token } = await server.account(`host-${kind}`, "host");
        await context.addCookies([{ name: "auth_token", value: token, url: proxy.url }]);
        await page.goto(`${proxy.url}/admin/#/players`);
        // Only the feed knows this.
        await page.getByText("Running", { exact: true }).waitFor();
        assert.equal(await remembered(page), "polling");
      }));
  });
}

test("where websockets pass, a visitor comes in by one and nothing is remembered", () =>
  behind("pass", async (proxy, context) => {
    const page = await visit(context, proxy.url, []);
    await enter(page, "Wren");
    await isHeard(page, "hello by websocket");
    assert.equal(proxy.websockets, 1);
    assert.equal(await remembered(page), null);
    await chatField(page).waitFor();
  }));
