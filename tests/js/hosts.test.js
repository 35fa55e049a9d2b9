// What a host made outlives them: who takes the keys from a host reads what that is, and may end it with it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { about, english, open, signIn } from "./admin.js";
import { accessibilityFaults, launch } from "./browser.js";
import { ask, client, event, Server } from "./harness.js";

let server;
let browser;
let host;

before(async () => {
  server = await Server.start({ WEBHOOK_PRIVATE_HOSTS: "127.0.0.1" });
  host = await server.account("hana", "host");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A host with a bot and a webhook, beside whom others have made some. */
async function maker(name) {
  const account = await server.account(name, "host");
  for (const { token } of [account, host]) {
    const of = token === host.token ? `other of ${name}` : name;
    await server.ask("POST", "/admin/service-accounts", { token, body: { name: `bot ${of}`, scopes: ["read"] } });
    const body = { name: `hook ${of}`, url: "http://127.0.0.1:9/in", events: ["ban"] };
    await server.ask("POST", "/admin/webhooks", { token, body });
  }
  return account;
}

/** The names of what `name` made that is still there, and of what others did. */
async function left(name) {
  const { body: bots } = await server.ask("GET", "/admin/service-accounts", { token: host.token });
  const { body: hooks } = await server.ask("GET", "/admin/webhooks", { token: host.token });
  return [...bots.services, ...hooks.webhooks].map((it) => it.name).filter((it) => it.endsWith(name)).sort();
}

async function users(page, name) {
  await open(page, "users");
  return page.getByRole("row").filter({ hasText: name });
}

test("who makes a host something else may end what that host made", async () => {
  await maker("hope");
  const complaints = [];
  const context = await english(browser, { reducedMotion: "reduce" });
  const page = await signIn(context, server, host, complaints);
  const row = await users(page, "hope@");
  await row.getByLabel("Role of hope").click();
  await page.getByRole("option", { name: "Moderator" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("End what they made as well: bot hope and hook hope").waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await dialog.getByRole("button", { name: "Change the role" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.deepEqual(await left("hope"), ["bot other of hope", "hook other of hope"]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("who keeps what a deleted host made takes the tick away", async () => {
  await maker("hal");
  const complaints = [];
  const context = await english(browser, { reducedMotion: "reduce" });
  const page = await signIn(context, server, host, complaints);
  const row = await users(page, "hal@");
  await row.getByRole("button", { name: "Actions for hal" }).click();
  await page.getByRole("menuitem", { name: /Delete/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/End what they made/).uncheck();
  await dialog.getByLabel(/to go on/).fill("hal");
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.deepEqual(await left("hal"), ["bot hal", "bot other of hal", "hook hal", "hook other of hal"]);
  await open(page, "bots");
  await page.getByRole("row").filter({ has: page.getByText("bot hal", { exact: true }) }).getByText("No host any more").waitFor();
  await page.getByText("Webhooks", { exact: true }).click();
  await page.getByRole("row").filter({ has: page.getByText("hook hal", { exact: true }) }).getByText("No host any more").waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("who bans somebody that once was a host may end what they made", async () => {
  const { user, token } = await maker("hugo");
  const demote = (role) => server.ask("PATCH", `/admin/users/${user.id}`, { token: host.token, body: { role } });
  assert.equal((await demote("moderator")).status, 200);
  const here = client(server, { auth: { token } });
  await event(here, "world:state");
  assert.equal((await ask(here, "player:join", { playerId: user.id, name: "hugo" })).ok, true);
  const complaints = [];
  const context = await english(browser, { reducedMotion: "reduce" });
  const page = await signIn(context, server, host, complaints, "players");
  await about(page, "hugo");
  await page.getByRole("button", { name: "Ban", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("End what they made as well: bot hugo and hook hugo").waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await dialog.getByLabel("Reason").fill("Enough");
  await dialog.getByRole("button", { name: /^Ban/ }).click();
  assert.equal((await event(here, "session:terminated")).code, "banned");
  assert.deepEqual(await left("hugo"), ["bot other of hugo", "hook other of hugo"]);
  assert.deepEqual(complaints, []);
  await context.close();
  here.disconnect();
});
