// What moderators do in the administration, and what it does to players.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { about, english, open, row, signIn } from "./admin.js";
import { launch } from "./browser.js";
import { ask, client, event, player, Server } from "./harness.js";

describe("moderation in the administration", () => {
  let server;
  let browser;
  let context;
  let page;
  let host;
  const complaints = [];
  const sockets = [];
  const join = async (name) => {
    const socket = await player(server, name);
    sockets.push(socket);
    return socket;
  };

  before(async () => {
    server = await Server.start({ LOG: "info" });
    host = await server.account("hana", "host");
    browser = await launch();
    context = await english(browser);
    page = await signIn(context, server, host, complaints, "players");
  });
  after(async () => {
    for (const socket of sockets) socket.disconnect();
    await browser?.close();
    await server?.stop();
    // The browser itself writes down every answer of 400; the test of the settings asks for one.
    const refused = "Failed to load resource: the server responded with a status of 400 (Bad Request)";
    assert.deepEqual(complaints, [refused], "the console stays empty");
  });

  test("who comes in appears, and who is kicked reads why", async () => {
    const rude = await join("rude");
    await row(page, "rude").waitFor();
    await about(page, "rude");
    await page.keyboard.press("k");
    await page.getByRole("heading", { name: "Kick rude?" }).waitFor();
    await page.keyboard.type("Insulting other people");
    await page.keyboard.press("Enter");
    const ended = await event(rude, "session:terminated");
    assert.deepEqual([ended.code, ended.reason], ["kicked", "Insulting other people"]);
    await page.getByText("rude was kicked.").waitFor();
    await row(page, "rude").waitFor({ state: "detached" });
    const drawer = page.getByRole("complementary", { name: "About rude" });
    await drawer.getByText("Kicked", { exact: true }).waitFor();
    await drawer.getByText(/by hana, Insulting other people/).waitFor();
  });

  test("after a click on a quick reason Enter warns, and the record tells when it was read", async () => {
    const noisy = await join("noisy");
    const drawer = await about(page, "noisy");
    await drawer.getByRole("button", { name: "Warn", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: /noisy/ });
    await dialog.getByRole("group", { name: "Quick reasons" }).getByRole("button").first().click();
    await page.keyboard.press("Enter");
    const { id, message } = await event(noisy, "moderation:notice");
    assert.notEqual(message, "");
    await dialog.waitFor({ state: "detached" });
    await drawer.getByText("Not read yet").waitFor();
    assert.equal((await ask(noisy, "moderation:read", { id })).ok, true);
    await drawer.getByText(/^Read /).waitFor();
  });

  test("a ban holds at the door, and undo opens it again", async () => {
    const again = { auth: {} };
    const pest = await join("pest");
    again.auth.guestToken = pest.joined.guestToken;
    await about(page, "pest");
    await page.getByRole("button", { name: "Ban", exact: true }).click();
    await page.getByLabel("Reason").fill("Blocking the jetty");
    await page.getByText("8 hours", { exact: true }).click();
    await page.keyboard.press("Tab");
    await page.getByRole("dialog").getByRole("button", { name: /^Ban/ }).click();
    const ended = await event(pest, "session:terminated");
    assert.equal(ended.code, "banned");
    const back = client(server, again);
    sockets.push(back);
    await event(back, "world:state");
    assert.equal((await ask(back, "player:join", { playerId: "pest" })).code, "banned");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back.").waitFor();
    assert.equal((await ask(back, "player:join", { playerId: "pest" })).ok, true);
  });

  test("a warning, a mute and its end reach the player", async () => {
    const loud = await join("loud");
    const drawer = await about(page, "loud");
    await page.getByRole("button", { name: "Warn", exact: true }).click();
    await page.getByLabel("What they read").fill("Quieter, please");
    await page.keyboard.press("Enter");
    const warned = await event(loud, "moderation:notice", (it) => it.kind === "warned");
    assert.match(warned.message, /Quieter, please/);
    await drawer.getByText("Warned", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Mute", exact: true }).click();
    await page.getByRole("dialog").getByText("1 hour", { exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^Mute/ }).click();
    await event(loud, "moderation:notice", (it) => it.kind === "muted");
    assert.equal((await ask(loud, "chat:message", { content: "hello?" })).code, "muted");
    await row(page, "loud").getByText("Muted").waitFor();
    await drawer.getByRole("button", { name: "Lift" }).click();
    await event(loud, "moderation:notice", (it) => it.kind === "unmuted");
    assert.equal((await ask(loud, "chat:message", { content: "thank you" })).ok, true);
  });

  test("a message is found, removed for everybody, put back, and exported", async () => {
    const talker = await join("talker");
    await ask(talker, "chat:message", { content: "Buy cheap anchors" });
    await ask(talker, "chat:message", { content: '=HYPERLINK("http://evil.example")' });
    await open(page, "chat");
    const line = page.getByRole("article").filter({ hasText: "Buy cheap anchors" });
    await line.waitFor();
    await line.hover();
    await line.getByRole("button", { name: "Remove the message of talker" }).click();
    await event(talker, "chat:removed");
    await line.getByText("Removed").waitFor();
    await line.hover();
    await line.getByRole("button", { name: "Restore the message of talker" }).click();
    await line.getByText("Removed").waitFor({ state: "hidden" });
    await page.getByLabel("Search in the chat").fill("anchors");
    await page.getByRole("article").filter({ hasText: "thank you" }).waitFor({ state: "detached" });
    await line.waitFor();
    assert.equal(await page.getByRole("article").count(), 1);
    await page.getByLabel("Search in the chat").fill("");
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: /CSV/ }).click(),
    ]);
    const csv = await readFile(await download.path(), "utf8");
    assert.match(csv, /Buy cheap anchors/);
    assert.ok(!/(^|[,"\n])=HYPERLINK/.test(csv), "no cell begins a formula");
  });

  test("the chat shows who came, says something to all, and slows down", async () => {
    const oarsman = await join("oarsman");
    await ask(oarsman, "chat:message", { content: "Is anybody at the jetty?" });
    await open(page, "chat");
    const chat = page.getByRole("log", { name: "Chat" });
    await chat.getByText(/oarsman.* came in/).waitFor();
    await page.getByLabel("Announce something to everybody").fill("The bakery opens at six");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const notice = await event(oarsman, "moderation:notice", (it) => it.kind === "announcement");
    assert.equal(notice.message, "The bakery opens at six");
    await chat.getByText("Announced by hana").waitFor();
    const rail = page.getByRole("complementary", { name: /who speaks most/ });
    await rail.getByRole("listitem").filter({ hasText: "oarsman" }).waitFor();
    await rail.getByLabel("Slow mode").first().press("Space");
    await rail.getByText("Each person may write once in 10").waitFor();
    assert.equal((await ask(oarsman, "chat:message", { content: "one" })).ok, true);
    assert.equal((await ask(oarsman, "chat:message", { content: "two" })).code, "rate-limited");
    await rail.getByLabel("Slow mode").first().press("Space");
    await rail.getByText("Everybody writes as often as they like.").waitFor();
    await chat.getByText("Is anybody at the jetty?").waitFor();
    await rail.getByText("Joins", { exact: true }).click();
    await chat.getByText(/oarsman.* came in/).waitFor({ state: "hidden" });
    await rail.getByText("Joins", { exact: true }).click();
  });

  test("a report shows what was said before, leads to that moment, and is answered", async () => {
    const kofi = await join("kofi");
    const bully = await join("bully");
    await ask(bully, "chat:message", { content: "whose boat is the red one" });
    await ask(kofi, "chat:message", { content: "Mine. Please stop." });
    await ask(bully, "chat:message", { content: "you are trash" });
    await ask(kofi, "player:report", { playerId: "bully", reason: "Follows me around" });
    await open(page, "reports");
    const report = page.getByRole("article", { name: "About bully" });
    await report.getByText("Follows me around").waitFor();
    for (const said of ["whose boat is the red one", "Mine. Please stop.", "you are trash"])
      await report.getByRole("listitem").filter({ hasText: said }).waitFor();
    await report.getByRole("listitem").filter({ hasText: "you are trash" }).getByText("Just before the report").waitFor();
    await report.getByRole("link", { name: "Show this moment in chat" }).click();
    await page.getByText(/^Ten minutes before and after/).waitFor();
    await page.locator("[data-marked]").filter({ hasText: "you are trash" }).waitFor();
    await page.goBack();
    await report.getByLabel("They read").fill("Leave people alone");
    await report.getByRole("button", { name: "Warn", exact: true }).click();
    const notice = await event(bully, "moderation:notice", (it) => it.kind === "warned");
    assert.equal(notice.message, "Leave people alone");
    await page.getByText("bully was warned.").waitFor();
    const done = page.getByRole("button").filter({ hasText: "bully" }).filter({ hasText: "Done" });
    await done.click();
    await report.getByText("Done by hana: Warned: Leave people alone").waitFor();
    await page.getByText(/^Median answer today \d+/).waitFor();
    await report.getByRole("button", { name: "What was said" }).click();
    await report.getByText("you are trash").nth(1).waitFor();
  });

  test("an announcement is on every screen, and the audit log remembers all of it", async () => {
    const listener = await join("listener");
    await page.getByRole("button", { name: "Find a player or a page" }).click();
    await page.getByRole("combobox").fill("announce");
    await page.keyboard.press("Enter");
    await page.getByLabel("Announcement").fill("Market day at six");
    await page.keyboard.press("Control+Enter");
    const notice = await event(listener, "moderation:notice", (it) => it.kind === "announcement");
    assert.match(notice.message, /Market day at six/);
    await open(page, "audit");
    for (const done of [
      /hana announced to everybody/,
      /hana closed a report about bully/,
      /hana put back a line of/,
      /hana banned .+ for/,
      /hana asked rude to leave/,
    ]) {
      await page.getByRole("listitem").filter({ hasText: done }).first().waitFor();
    }
    const kick = page.getByRole("listitem").filter({ hasText: "hana asked rude to leave" });
    await kick.getByText("Insulting other people").waitFor();
    await kick.getByRole("button", { name: "Show everything about this entry" }).click();
    await kick.getByText("session.kick").waitFor({ state: "detached" });
    await kick.getByText("Exact time").waitFor();
  });

  test("notes are kept for the next moderator", async () => {
    await join("noted");
    await open(page, "players");
    const drawer = await about(page, "noted");
    await drawer.getByLabel("Write a note for other moderators").fill("Uses a shared PC");
    await drawer.getByRole("button", { name: "Keep note" }).click();
    await drawer.getByText(/hana, /).waitFor();
    await page.reload();
    await page.getByRole("complementary").getByText("Uses a shared PC").waitFor();
  });

  test("an account is made, gets a role and a new password, and is deleted", async () => {
    await open(page, "users");
    await page.getByRole("button", { name: "New account" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Otto");
    await dialog.getByLabel("E-mail").fill("otto@example.org");
    await dialog.getByLabel("Password", { exact: true }).fill("short");
    await page.keyboard.press("Enter");
    await dialog.getByText("Use at least 8 characters.").waitFor();
    await dialog.getByLabel("Password", { exact: true }).fill("long enough now");
    await page.keyboard.press("Enter");
    const cells = page.getByRole("row").filter({ hasText: "otto@example.org" });
    await cells.waitFor();
    const logIn = (password) =>
      server.ask("POST", "/auth/login", { body: { email: "otto@example.org", password } });
    assert.equal((await logIn("long enough now")).status, 200);
    await cells.getByRole("button", { name: "Actions for Otto" }).click();
    await page.getByRole("menuitem", { name: "Set a new password" }).click();
    await page.getByLabel("New password", { exact: true }).fill("another long one");
    await page.keyboard.press("Enter");
    await page.getByText("Otto has a new password.").waitFor();
    assert.equal((await logIn("long enough now")).status, 401);
    assert.equal((await logIn("another long one")).status, 200);
    await cells.getByRole("button", { name: "Actions for Otto" }).click();
    await page.getByRole("menuitem", { name: "Delete account" }).click();
    // The menu gives the focus back to its button when it is gone, which may be after the name was typed.
    await dialog.getByRole("textbox").fill("Otto");
    await dialog.getByRole("textbox").press("Enter");
    await cells.waitFor({ state: "detached" });
  });

  test("settings change while the server runs, and a bad value is told beside its field", async () => {
    await open(page, "settings");
    await page.getByLabel("World name").fill("The Quay");
    await page.getByLabel("Join PIN").fill("no spaces here");
    await page.getByRole("button", { name: "Save 2 changes" }).click();
    await page.locator("#setting-join_pin-error").waitFor();
    assert.equal(await page.getByLabel("World name").inputValue(), "The Quay", "nothing typed is lost");
    await page.getByLabel("Join PIN").fill("");
    await page.getByRole("button", { name: "Save 1 change" }).click();
    await page.getByText("The settings are saved.").waitFor();
    const looker = client(server);
    sockets.push(looker);
    assert.equal((await event(looker, "world:state")).world.name, "The Quay");
  });

  test("a number is chosen among the usual ones or typed, and a new PIN is made", async () => {
    await open(page, "settings");
    const kept = page.getByRole("radiogroup", { name: "Chat is kept for" });
    await kept.getByText("30 days").click();
    await page.getByText("was 90 days").waitFor();
    await page.getByRole("button", { name: "New PIN" }).click();
    assert.match(await page.getByLabel("Join PIN").inputValue(), /^\d{6}$/);
    await page.getByLabel("Join PIN").fill("");
    await kept.getByText("Another number").click({ force: true });
    await page.locator("#setting-chat_retention_days").fill("45");
    const save = page.getByRole("button", { name: "Save 1 change" });
    await save.click();
    // The word that settings were saved may still stand from before.
    await save.waitFor({ state: "detached" });
    const { body } = await server.ask("GET", "/admin/settings", { token: host.token });
    assert.equal(body.settings.find(({ key }) => key === "chat_retention_days").value, 45);
  });

  test("settings that are not saved ask before they are lost", async () => {
    await open(page, "settings");
    const name = page.locator("#setting-world_name");
    const before = await name.inputValue();
    await name.fill("The Long Quay");
    const leave = () => page.getByRole("navigation").getByRole("link", { name: "Players" }).first().click();
    const asks = page.getByRole("dialog", { name: "Leave without saving?" });
    await leave();
    await asks.getByRole("button", { name: "Stay" }).click();
    await asks.waitFor({ state: "detached" });
    assert.equal(await name.inputValue(), "The Long Quay");
    assert.match(page.url(), /#\/settings$/);
    await leave();
    await asks.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("heading", { level: 1, name: "Players" }).waitFor();
    await open(page, "settings");
    assert.equal(await name.inputValue(), before, "and nothing asks when nothing was typed");
  });

  test("a sprite is drawn and deleted", async () => {
    await open(page, "sprites");
    await page.getByRole("button", { name: "Draw one" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Who is to be drawn").fill("red beanie, beard, blue coat");
    await dialog.getByLabel("Name").fill("Bosun");
    await dialog.getByRole("button", { name: "Keep it" }).click();
    const card = page.getByRole("listitem").filter({ hasText: "Bosun" });
    await card.waitFor();
    await card.getByRole("button", { name: "Actions for Bosun" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await dialog.getByRole("button", { name: /^Delete/ }).click();
    await card.waitFor({ state: "detached" });
  });

  test("the log is live, and pauses", async () => {
    await open(page, "logs");
    const log = page.getByRole("log", { name: "Logs" });
    await log.waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: /^Go on/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).click(),
    ]);
    assert.match(await readFile(await download.path(), "utf8"), /serving/);
  });
});

describe("an address banned by hand", () => {
  let server;
  let browser;
  let page;
  const complaints = [];
  const sockets = [];
  const from = (address) => ({ extraHeaders: { "X-Forwarded-For": address }, transports: ["websocket"] });
  /** Whether somebody who comes from there gets in. */
  const joins = async (address, name) => {
    const socket = client(server, from(address));
    sockets.push(socket);
    await event(socket, "world:state");
    return ask(socket, "player:join", { playerId: name });
  };

  before(async () => {
    server = await Server.start({ TRUSTED_PROXIES: "127.0.0.1" });
    const host = await server.account("hana", "host");
    browser = await launch();
    page = await signIn(await english(browser), server, host, complaints, "sanctions");
  });
  after(async () => {
    for (const socket of sockets) socket.disconnect();
    await browser?.close();
    await server?.stop();
    const refused = "Failed to load resource: the server responded with a status of 400 (Bad Request)";
    assert.deepEqual(complaints, [refused], "the console stays empty but for the proxy's own address");
  });

  const dialog = () => page.getByRole("dialog", { name: "Ban an address or a block of addresses?" });
  const openDialog = async () => {
    await page.getByRole("button", { name: "Ban an address" }).click();
    await dialog().waitFor();
  };
  const field = () => dialog().getByLabel("Address or block");

  test("shows who it hits, ends their visit, holds for the whole block, and can be taken back", async () => {
    const pest = await player(server, "pest", from("203.0.113.9"));
    sockets.push(pest);
    await openDialog();
    await page.keyboard.type("203.0.113.0/24");
    await dialog().getByText("pest is here from there now and leaves.").waitFor();
    await dialog().getByLabel("Reason").fill("Flooding the jetty");
    await dialog().getByText("8 hours", { exact: true }).click();
    await dialog().getByLabel("Reason").focus();
    await page.keyboard.press("Enter");
    const ended = await event(pest, "session:terminated");
    assert.deepEqual([ended.code, ended.reason], ["banned", "Flooding the jetty"]);
    await dialog().waitFor({ state: "detached" });
    const line = page.getByRole("row").filter({ hasText: "203.0.113.0/24" });
    await line.getByText("Flooding the jetty").waitFor();
    assert.equal((await joins("203.0.113.77", "other")).code, "banned");
    assert.equal((await joins("203.0.114.9", "neighbour")).ok, true);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back.").waitFor();
    assert.equal((await joins("203.0.113.77", "back")).ok, true);
  });

  test("of IPv6 is its network", async () => {
    await openDialog();
    await page.keyboard.type("2001:db8:1:2::7");
    await dialog().getByText("2001:db8:1:2::/64").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("row").filter({ hasText: "2001:db8:1:2::/64" }).waitFor();
    assert.equal((await joins("2001:db8:1:2:ffff::1", "six")).code, "banned");
  });

  test("stands in a list that tells who ordered what, and as whom somebody was seen", async () => {
    const helper = await server.account("pete", "moderator");
    const cap = client(server, from("198.51.100.7"));
    sockets.push(cap);
    await event(cap, "world:state");
    const { player: { id } } = await ask(cap, "player:join", { playerId: "cap", name: "Cap" });
    await ask(cap, "player:update", { name: "Skipper" });
    const { body } = await server.ask("GET", "/admin/sessions?search=cap", { token: helper.token });
    assert.equal(body.sessions[0].playerId, id);
    // Names are written every few seconds.
    const record = `/admin/people/guest/${body.sessions[0].subject}`;
    const known = async () => (await server.ask("GET", record, { token: helper.token })).body.record.names.length;
    while ((await known()) < 2);
    const ban = { sessionId: body.sessions[0].id, what: ["guest"], minutes: 60, reason: "Pretends to be staff" };
    assert.equal((await server.ask("POST", "/admin/bans", { token: helper.token, body: ban })).status, 201);
    const own = page.getByRole("row").filter({ hasText: "Skipper" });
    await own.getByText("Also seen as Cap").waitFor();
    const network = page.getByRole("row").filter({ hasText: "2001:db8:1:2::/64" });
    await network.waitFor();
    await page.getByRole("combobox", { name: "By" }).click();
    await page.getByRole("option", { name: "By pete" }).click();
    await network.waitFor({ state: "detached" });
    await own.waitFor();
    await page.getByRole("combobox", { name: "By" }).click();
    await page.getByRole("option", { name: "By anybody" }).click();
    await network.waitFor();
  });

  test("that is none, or too much, or the proxy's own, says what to do", async () => {
    await openDialog();
    await page.keyboard.press("Enter");
    await dialog().getByRole("alert").getByText("Write an address first.").waitFor();
    await field().fill("203.0.113");
    await page.keyboard.press("Enter");
    await dialog().getByText("This is no address.").waitFor();
    await field().fill("0.0.0.0/0");
    await page.keyboard.press("Enter");
    await dialog().getByText("Write a smaller one: /8 is the largest.").waitFor();
    await field().fill("127.0.0.1");
    await page.keyboard.press("Enter");
    await dialog().getByRole("alert").getByText("This address belongs to the server itself or its proxy.").waitFor();
    assert.equal(await field().inputValue(), "127.0.0.1", "nothing typed is lost");
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
  });
});
