// A host makes a bot in the administration, its program joins by the token, and revoking it ends that.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { english, row, signIn } from "./admin.js";
import { launch } from "./browser.js";
import { ask, client, event, player, Server } from "./harness.js";

describe("bots", () => {
  let server;
  let browser;
  let page;
  let token;
  const complaints = [];
  const sockets = [];

  before(async () => {
    server = await Server.start();
    const host = await server.account("hana", "host");
    browser = await launch();
    page = await signIn(await english(browser), server, host, complaints, "bots");
  });
  after(async () => {
    for (const socket of sockets) socket.disconnect();
    await browser?.close();
    await server?.stop();
    assert.deepEqual(complaints, [], "the console stays empty");
  });

  test("there are none, and making one shows its token once", async () => {
    await page.getByText(/^No bots yet/).waitFor();
    await page.getByRole("button", { name: "New bot" }).last().click();
    const dialog = page.getByRole("dialog", { name: "New bot" });
    await dialog.getByRole("button", { name: /^Make the token/ }).click();
    await dialog.getByText("Give the bot a name.").waitFor();
    await dialog.getByLabel("Name").fill("Greeter");
    await dialog.getByLabel("Join as a player").check();
    await page.keyboard.press("Enter");
    const made = page.getByRole("region", { name: "The token of Greeter" });
    token = await made.locator("code").innerText();
    assert.match(token, /^comutiny_[0-9a-f]{64}$/);
    await row(page, "Greeter").getByText("Join as a player").waitFor();
    await row(page, "Greeter").getByText("Never yet").waitFor();
    await made.getByRole("button", { name: "I have kept it" }).click();
    await made.waitFor({ state: "detached" });
    assert.ok(!(await page.content()).includes(token));
  });

  test("its program joins as itself, marked as a bot, and says something", async () => {
    const onlooker = await player(server, "ada");
    sockets.push(onlooker);
    const { body } = await server.ask("GET", "/auth/me", { token });
    assert.equal(body.user.username, "Greeter");
    const bot = client(server, { auth: { token } });
    sockets.push(bot);
    await event(bot, "world:state");
    const seen = event(onlooker, "player:joined");
    const joined = await ask(bot, "player:join", { playerId: body.user.id, name: "Greeter" });
    assert.equal(joined.ok, true);
    assert.equal((await seen).metadata.bot, true);
    const said = event(onlooker, "chat:message");
    assert.equal((await ask(bot, "chat:message", { content: "Welcome." })).ok, true);
    assert.equal((await said).author, "Greeter");
    await row(page, "Greeter").getByText("In the world now").waitFor();
  });

  test("revoking the token ends its session", async () => {
    const [, bot] = sockets;
    const ended = event(bot, "session:terminated");
    await row(page, "Greeter").getByRole("button", { name: "Revoke" }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke the token of Greeter?" });
    await dialog.getByRole("button", { name: /^Revoke/ }).click();
    assert.equal((await ended).code, "kicked");
    await page.getByText("The token of Greeter was revoked.").waitFor();
    await page.getByText(/^No bots yet/).waitFor();
    assert.equal((await server.ask("GET", "/auth/me", { token })).status, 401);
  });

  test("the command line makes and revokes them, too", async () => {
    const made = await server.cli(["service", "add", "--name", "Counter", "--scope", "read", "--scope", "join"]);
    const counter = { token: made.trim() };
    assert.match(await server.cli(["service", "list"]), / read join +never used +Counter$/m);
    assert.equal((await server.ask("GET", "/admin/sessions", counter)).status, 200);
    assert.equal((await server.ask("POST", "/admin/announcements", { ...counter, body: { message: "x" } })).status, 403);
    const { body } = await server.ask("GET", "/auth/me", counter);
    const bot = client(server, { auth: counter });
    sockets.push(bot);
    assert.equal((await ask(bot, "player:join", { playerId: body.user.id })).ok, true);
    // Nobody tells the server: it looks every fifteen seconds.
    const ended = new Promise((resolve) => bot.once("session:terminated", resolve));
    await server.cli(["service", "revoke", "--name", "Counter"]);
    assert.equal((await server.ask("GET", "/admin/sessions", counter)).status, 401);
    assert.equal((await ended).code, "kicked");
  });
});
