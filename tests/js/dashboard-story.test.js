// The story of an hour, a day and a week on the dashboard, over a restart, and the visits that ended today.

import assert from "node:assert/strict";
import { test } from "node:test";
import { english, heading, open, signIn } from "./admin.js";
import { accessibilityFaults } from "./browser.js";
import { ask, atChanges, event, player, watcher } from "./harness.js";
import { startJourney } from "./journey.js";

const { server, browser } = await startJourney();

/** What a range tells once it fits. */
async function told(token, range, fits) {
  const watching = watcher(server, token);
  const history = () => server.ask("GET", `/admin/history?range=${range}`, { token });
  const { body } = await atChanges(watching, history, ({ status, body }) => {
    assert.equal(status, 200);
    return fits(body);
  });
  watching.disconnect();
  return body;
}

const stat = (page, name) => page.locator("dl > div", { has: page.locator("dt", { hasText: name }) }).locator("dd").first();
const choose = (page, range) => page.getByRole("radiogroup", { name: "What the charts show" }).getByText(range, { exact: true }).click();

test("people come and go, the server starts again, and charts and numbers go on", async () => {
  const host = await server.account("hana", "host");
  const { token } = host;
  const [wren, dara, milo] = await Promise.all(
    ["wren", "dara", "milo"].map(async (id) => {
      const socket = await player(server, id);
      await ask(socket, "player:update", { name: id[0].toUpperCase() + id.slice(1) });
      return socket;
    }),
  );
  await ask(wren, "chat:message", { content: "good evening" });

  const complaints = [];
  const context = await english(browser);
  const page = await signIn(context, server, host, complaints);
  await page.getByText("people in the world").waitFor();

  const full = await told(token, "hour", ({ points }) => points.some((point) => point.mostPeople === 3));
  assert.deepEqual([full.visits, full.here, full.newcomers], [3, 3, 3]);
  assert.ok(full.spentMs > 0);

  const { body } = await server.ask("GET", "/admin/sessions", { token });
  const { id } = body.sessions.find(({ name }) => name === "Milo");
  await server.ask("POST", `/admin/sessions/${id}/kick`, { token, body: { reason: "enough for today" } });
  await event(milo, "session:terminated");
  wren.disconnect();
  const before = await told(token, "hour", ({ here }) => here === 1);
  assert.deepEqual(before.endings.map(({ how, count }) => [how, count]).sort(), [["kicked", 1], ["lost", 1]]);

  await choose(page, "Hour");
  await page.getByRole("region", { name: "People in the last hour" }).waitFor();
  assert.equal(await stat(page, "most at once").textContent(), "3");
  assert.equal(await stat(page, "newcomers").textContent(), "3");
  await page.getByText("visits, 1 still going on").waitFor();
  await page.getByText("was asked to leave").waitFor();
  assert.deepEqual(await accessibilityFaults(page), [], "the story");

  await server.restart("SIGTERM");
  const after = await told(token, "hour", ({ points }) => points.length > before.points.length);
  assert.deepEqual(after.points.slice(0, before.points.length - 1), before.points.slice(0, -1), "what was stays");
  assert.equal(after.peak.people, 3);
  assert.deepEqual([after.visits, after.here, after.newcomers], [3, 0, 3]);
  assert.deepEqual(after.endings.find(({ how }) => how === "closed"), { how: "closed", count: 1 });

  await choose(page, "Week");
  await page.getByRole("region", { name: "People in the last week" }).waitFor();
  assert.equal(await stat(page, "most at once").textContent(), "3");
  assert.equal(await stat(page, "visits").textContent(), "3");
  await page.getByText("the world closed").waitFor();
  // The choice is kept.
  await page.reload();
  await page.getByRole("region", { name: "People in the last week" }).waitFor();
  await choose(page, "Live");
  await page.getByText("people in the world").waitFor();
  dara.disconnect();

  await open(page, "players");
  await page.getByText("Ended today", { exact: true }).click();
  const visit = (name) => page.getByRole("row").filter({ hasText: name });
  await visit("Milo").getByText("was asked to leave").waitFor();
  await visit("Dara").getByText("the world closed").waitFor();
  assert.equal(await page.getByRole("row").count(), 4, "three visits and the head");
  assert.deepEqual(await accessibilityFaults(page), [], "visits that ended");
  await page.getByLabel("Filter by name or address").fill("wre");
  await visit("Dara").waitFor({ state: "detached" });
  await page.getByLabel("Filter by name or address").fill("nobody");
  await page.getByText("Clear").first().click();
  await visit("Milo").getByRole("button").click();
  const drawer = page.getByRole("complementary", { name: "About Milo" });
  await drawer.getByText("enough for today").first().waitFor();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await heading(page, "Players").waitFor();
  await context.close();
});

test("what bots of a load test say is no part of the story", async () => {
  const { token } = await server.account("hilda", "host");
  const body = { clients: 3, durationMs: 6_000, spawnIntervalMs: 20, chatIntervalMs: 500 };
  const started = await server.ask("POST", "/admin/load-tests", { token, body });
  assert.equal(started.status, 201, JSON.stringify(started.body));
  const { points } = await told(token, "hour", ({ points }) => points.some(({ mostBots }) => mostBots === 3));
  const withBots = points.filter(({ mostBots }) => mostBots > 0);
  assert.deepEqual(withBots.map(({ messages }) => messages), withBots.map(() => 0));
  const { body: stats } = await server.ask("GET", "/admin/stats", { token });
  const said = (key) => stats.history.reduce((sum, sample) => sum + sample[key], 0);
  assert.ok(said("botMessages") > 0, "they spoke");
});
