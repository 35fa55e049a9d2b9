// The main story of the player page in Firefox: come in, walk, talk, a second window, asked to leave.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Firefox } from "./firefox.js";
import { client, event, Server } from "./harness.js";

const ENTER = "\uE007";
const ARROW_LEFT = "\uE012";

const server = await Server.start({ WORLD_NAME: "The Quay" });
const { token } = await server.account("harbourmaster", "moderator");
const firefox = await Firefox.start();
after(async () => {
  await firefox.stop();
  await server.stop();
});

/** Through the entrance under this name. */
async function enter(page, name) {
  await page.see("#name-field");
  await page.evaluate(() => document.querySelector("#name-field").select());
  await page.type("#name-field", name + ENTER);
  await page.see(".chat .field");
}

async function say(page, words) {
  await page.type(".chat .field", words + ENTER);
}

test("come in, walk, talk, a second window, asked to leave", async () => {
  const looker = client(server);
  await event(looker, "world:state");
  const ana = await firefox.person();
  const first = await firefox.open(ana, server.url);
  const joined = event(looker, "player:joined", (it) => it.name === "Ana");
  await enter(first, "Ana");
  const { id, position } = await joined;

  await first.evaluate(() => document.querySelector(".world").focus());
  const walked = event(looker, "player:updated", (it) => it.id === id && it.position.x < position.x - 0.1);
  await first.keys([{ type: "keyDown", value: ARROW_LEFT }]);
  await walked;
  await first.keys([{ type: "keyUp", value: ARROW_LEFT }]);

  const ben = await firefox.open(await firefox.person(), server.url);
  await enter(ben, "Ben");
  await say(ben, "Hello from Ben");
  await first.see(".chat-lines li", "Hello from Ben");
  await say(first, "Hello from Ana");
  await ben.see(".chat-lines li", "Hello from Ana");

  const second = await firefox.open(ana, server.url);
  await second.see("#name-field", "Ana");
  await second.type("#name-field", ENTER);
  await second.see(".chat .field");
  await first.see(".ended h1", "You are in from another window");

  const { sessions } = (await server.ask("GET", "/admin/sessions?search=Ben", { token })).body;
  const { id: session } = sessions.find(({ name, joined: isIn }) => name === "Ben" && isIn);
  const reason = "Please leave the jetty free.";
  const answer = await server.ask("POST", `/admin/sessions/${session}/kick`, { token, body: { reason } });
  assert.equal(answer.status, 200);
  await ben.see(".ended h1", "You were asked to leave");
  await ben.see(".ended blockquote", reason);
  looker.disconnect();
});
