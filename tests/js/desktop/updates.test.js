// Newer versions of the program: told in one line, wherever the window is, and of a feed that is broken nothing is seen.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { eventually } from "./app.js";
import { opened } from "./windows.js";

const feeds = [];
after(() => {
  for (const feed of feeds) {
    feed.close();
    feed.closeAllConnections();
  }
});

/** The address of a feed that answers so, and how often it was asked. */
async function feed(answer) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    answer(response);
  }).listen(0, "127.0.0.1");
  feeds.push(server);
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}/feed.json`, asked };
}

const tells = (version) => (response) =>
  response.end(JSON.stringify({ version, url: "https://example.org/new", notes: "A calmer sea." }));

test("a newer version is told while the world is open, and while it is closed", async () => {
  const { url } = await feed(tells("99.1.0"));
  const it = await opened({ env: { UPDATE_FEED: url } });
  await it.state("running");
  await it.see("CoMutiNy 99.1.0 is there");
  const closed = await opened({ app: 'start_server = false\nlanguage = "es"\n', env: { UPDATE_FEED: url } });
  await closed.see("Tu mundo está cerrado");
  await closed.button("Ya hay CoMutiNy 99.1.0");
});

test("the words of a long version stay within the navigation", async () => {
  const { url } = await feed(tells(`99.1.0-${"beta".repeat(30)}`));
  const it = await opened({ env: { UPDATE_FEED: url } });
  await it.see("99.1.0-beta");
  const [line, room] = await it.window.executeScript(
    `const line = document.querySelector("aside button[aria-label*='99.1.0']");
     return [line.querySelector("span").getBoundingClientRect().right, line.closest("aside").getBoundingClientRect().right];`,
  );
  assert.ok(line <= room, `${line} is beyond ${room}`);
});

test("of a feed that is older, broken or silent nothing is seen", async () => {
  const answers = [tells("0.0.9"), (response) => response.end("<html>"), () => {}];
  for (const answer of answers) {
    const { url, asked } = await feed(answer);
    const it = await opened({ env: { UPDATE_FEED: url } });
    await it.state("running");
    await eventually("the feed was asked", () => asked.length === 1);
    await it.button("Players");
    assert.doesNotMatch(await it.text(), /is there/);
    await it.close();
  }
});
