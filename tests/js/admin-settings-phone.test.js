// Settings on a phone: nothing is cut, and what one changes stays in sight above the bar that saves it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visit } from "./browser.js";
import { startScripted } from "./scripted/server.js";

let browser;
let server;
before(async () => {
  server = await startScripted();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function settings(locale) {
  const context = await browser.newContext({
    locale, reducedMotion: "reduce", viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true,
  });
  const complaints = [];
  const page = await visit(context, `${server.url}/admin/#/settings`, complaints);
  await page.locator("#setting-chat_retention_days").waitFor();
  return { page, complaints };
}

for (const locale of ["en-GB", "es-ES"]) {
  test(`values beside each other are below their words and whole (${locale})`, async () => {
    const { page, complaints } = await settings(locale);
    const cut = await page.evaluate(() => {
      const groups = [...document.querySelectorAll("[data-changed], [id^=setting-][role=radiogroup]")];
      return groups.filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.id);
    });
    assert.deepEqual(cut, []);
    const words = await page.locator("label[for=setting-chat_retention_days]").boundingBox();
    const values = await page.locator("#setting-chat_retention_days").boundingBox();
    assert.ok(values.y >= words.y + words.height);
    assert.ok(words.height < 24, "on one line");
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

test("the bar that saves does not cover what was just changed", async () => {
  const { page, complaints } = await settings("en-GB");
  const field = page.locator("#setting-world_description");
  // At the very bottom, where the bar is going to be.
  await field.evaluate((element) => element.scrollIntoView({ block: "end" }));
  await field.focus();
  await field.pressSequentially("x");
  const bar = page.getByRole("region", { name: "1 change" });
  await bar.waitFor();
  const { y, height } = await field.boundingBox();
  assert.ok(y + height <= (await bar.boundingBox()).y);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
