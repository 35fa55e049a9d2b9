// Two people on the player page in a real browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { enter, say, visit as open } from "./browser.js";
import { client, event } from "./harness.js";
import { startJourney } from "./journey.js";

const { server, browser } = await startJourney();

const visit = (context, complaints) => open(context, server.url, complaints);

test("two people meet, talk, and one comes in again from another window", async () => {
  const complaints = [];
  const [home, away] = await Promise.all([1, 2].map(() => browser.newContext({ locale: "en-US" })));
  const ana = await visit(home, complaints);
  await enter(ana, "Ana");
  const ben = await visit(away, complaints);
  await enter(ben, "Ben");
  for (const page of [ana, ben]) {
    const people = page.getByRole("list", { name: "Here now", includeHidden: true });
    for (const name of ["Ana", "Ben"]) {
      await people.getByText(name).first().waitFor({ state: "attached" });
    }
  }
  await say(ben, "Hello from Ben");
  await ana.getByText("Hello from Ben").first().waitFor();
  await say(ana, "Hello from Ana");
  await ben.getByText("Hello from Ana").first().waitFor();

  const again = await visit(home, complaints);
  assert.equal(await again.getByLabel("Your name").inputValue(), "Ana", "the name is remembered");
  assert.deepEqual(complaints, []);
});

test("the arrow keys walk, and a reload keeps the name", async () => {
  const complaints = [];
  const context = await browser.newContext({ locale: "en-US" });
  const looker = client(server);
  try {
    await event(looker, "world:state");
    const page = await visit(context, complaints);
    await enter(page, "Walker");
    const start = await event(looker, "player:joined", (it) => it.name === "Walker");
    await page.getByLabel(/^The harbour/).focus();
    for (const [key, axis, sign] of [
      ["ArrowLeft", "x", -1],
      ["ArrowRight", "x", 1],
    ]) {
      const latest = looker.seen.findLast(([name, it]) => name === "player:updated" && it.id === start.id);
      const from = (latest?.[1] ?? start).position;
      const stepped = event(looker, "player:updated", (it) => {
        return it.id === start.id && (it.position[axis] - from[axis]) * sign > 0.1;
      });
      await page.keyboard.down(key);
      await stepped;
      await page.keyboard.up(key);
    }
    await page.reload();
    await event(looker, "player:left", (it) => it.id === start.id);
    assert.equal(await page.getByLabel("Your name").inputValue(), "Walker");
    assert.deepEqual(complaints, []);
  } finally {
    looker.disconnect();
    await context.close();
  }
});

test("a second window takes over: the first says so, keeps saying so, and can come back", async () => {
  const complaints = [];
  const context = await browser.newContext({ locale: "en-US" });
  try {
    const first = await visit(context, complaints);
    await enter(first, "Dora");
    const second = await visit(context, complaints);
    await enter(second, "Dora");
    const ended = (page) => page.getByRole("alertdialog", { name: "You are in from another window" });
    await ended(first).waitFor();
    await say(second, "I am here now");
    await second.getByText("I am here now").first().waitFor();
    assert.equal(await ended(first).isVisible(), true, "the disconnect that follows does not overwrite it");
    assert.equal(await ended(second).isVisible(), false, "the windows do not end each other");
    await first.getByRole("button", { name: "Play here instead" }).click();
    await ended(second).waitFor();
    await first.getByLabel("Chat", { exact: true }).waitFor();
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
});
