// A figure that a host uploads reaches the wardrobe of who is in already, is worn, and is what others see.

import assert from "node:assert/strict";
import { test } from "node:test";
import { enter, visit } from "./browser.js";
import { startJourney } from "./journey.js";

const { server, browser } = await startJourney();

/** A sheet of four directions and four steps, magenta all over: nothing in the harbour is. */
const sheet = (page) =>
  page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 192, height: 320 });
    const c = canvas.getContext("2d");
    c.fillStyle = "#ff00ff";
    for (let row = 0; row < 4; row += 1) {
      for (let column = 0; column < 4; column += 1) c.fillRect(column * 48 + 12, row * 80 + 10, 24, 64);
    }
    return canvas.toDataURL("image/png");
  });

/** Waits until the world shows magenta. */
const magentaSeen = (page) =>
  page.waitForFunction(() => {
    const world = document.querySelector("canvas.world");
    const { width, height } = world;
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const c = copy.getContext("2d", { willReadFrequently: true });
    c.drawImage(world, 0, 0);
    const { data } = c.getImageData(0, 0, width, height);
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] === 255 && data[i + 1] === 0 && data[i + 2] === 255) return true;
    }
    return false;
  });

test("an uploaded figure is offered, worn and seen", async () => {
  const complaints = [];
  const contexts = await Promise.all([1, 2].map(() => browser.newContext({ locale: "en-GB" })));
  try {
    const [page, other] = await Promise.all(contexts.map((context) => visit(context, server.url, complaints)));
    await enter(page, "Mira");
    const { token } = await server.account("host", "host");
    const upload = { name: "Lighthouse keeper", category: "avatar", image: await sheet(page) };
    const made = await server.ask("POST", "/admin/assets/sprites", { token, body: upload });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const wardrobe = page.getByRole("dialog", { name: "Change your look" });
    await page.waitForFunction(() => {
      document.querySelector(".look-button").click();
      const offered = [...document.querySelectorAll(".house-people button")];
      return offered.some((it) => it.textContent.includes("Lighthouse keeper"));
    });
    await wardrobe.getByRole("button", { name: "Lighthouse keeper" }).click();
    await wardrobe.getByRole("button", { name: "Done" }).click();
    await magentaSeen(page);
    await magentaSeen(other);
    assert.deepEqual(complaints, []);
  } finally {
    for (const context of contexts) await context.close();
  }
});
