// The host inside the world: the badge, the evening, words to one and to all, and lines that wait for a moderator.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { about, english, fillSignIn, open, signIn } from "./admin.js";
import { accessibilityFaults, chatField, enter, say, visit } from "./browser.js";
import { ask, event, player } from "./harness.js";
import { startJourney } from "./journey.js";

const { server, browser } = await startJourney({ WORLD_NAME: "The Quay" });
const host = await server.account("sofie", "host");
const helper = await server.account("pete", "moderator");

let contexts;
let complaints;
beforeEach(() => {
  contexts = [];
  complaints = [];
});
afterEach(async () => {
  for (const context of contexts) await context.close();
});

async function context(make = () => browser.newContext({ locale: "en-GB" })) {
  const made = await make();
  contexts.push(made);
  return made;
}

/** The administration of the host, and the world in the same browser. */
async function hostAt(view) {
  const made = await context(() => english(browser));
  return { made, admin: await signIn(made, server, host, complaints, view) };
}

async function settings(values) {
  const answer = await server.ask("PATCH", "/admin/settings", { token: host.token, body: { values } });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}

/** How bright the world's picture is, 0 to 255. */
const brightness = (page) => page.evaluate(bright);

/** Waits until it is darker than `limit`, or not. */
async function untilDark(page, limit, dark) {
  while ((await brightness(page)) < limit !== dark)
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => drawn())));
}

/** Runs in the page. */
function bright() {
  const world = document.querySelector("canvas.world");
  const small = Object.assign(document.createElement("canvas"), { width: 16, height: 16 });
  const c = small.getContext("2d");
  c.drawImage(world, 0, 0, 16, 16);
  const { data } = c.getImageData(0, 0, 16, 16);
  return data.reduce((sum, value, at) => (at % 4 === 3 ? sum : sum + value), 0) / (256 * 3);
}

test("who comes from the administration is the host in the world, and everybody sees the lantern", async () => {
  const guest = await visit(await context(), server.url, complaints);
  await enter(guest, "Marisol");
  const { made } = await hostAt("dashboard");
  const world = await visit(made, server.url, complaints);
  await enter(world, "Sofie");
  await world.locator(".roster").getByRole("button", { name: "Sofie you, host" }).waitFor();
  await say(world, "Welcome, all");

  const row = guest.locator(".roster li").filter({ hasText: "Sofie" });
  await row.getByText("host", { exact: true }).waitFor();
  assert.equal(await row.locator(".lantern-badge").isVisible(), true);
  const line = guest.getByRole("log").getByRole("listitem").filter({ hasText: "Welcome, all" });
  await line.locator(".lantern-badge").waitFor();
  assert.deepEqual(await accessibilityFaults(guest), []);

  const onlooker = await visit(await context(), server.url, complaints);
  await onlooker.getByText("kept by").waitFor();
  await onlooker.locator(".card-keeper").getByText("Sofie").waitFor();
  await world.close();
  await row.waitFor({ state: "detached" });
  await line.locator(".lantern-badge").waitFor();
  assert.deepEqual(complaints, []);
});

test("a ticket of the administration leads in signed in, once, and leaves the address bar", async () => {
  const { body } = await server.ask("POST", "/admin/world-ticket", { token: host.token });
  const link = `${server.url}/#enter=${body.ticket}`;
  const world = await visit(await context(), link, complaints);
  assert.equal(new URL(world.url()).hash, "");
  await enter(world, "Sofie");
  await world.locator(".roster").getByRole("button", { name: "Sofie you, host" }).waitFor();
  await world.reload();
  await enter(world, "Sofie");
  await world.locator(".roster").getByRole("button", { name: "Sofie you, host" }).waitFor();
  assert.deepEqual(complaints, []);

  const thief = await visit(await context(), link, complaints);
  await enter(thief, "Thief");
  await thief.locator(".roster").getByRole("button", { name: "Thief you", exact: true }).waitFor();
  // The browser itself writes down that the used ticket was refused.
  assert.equal(complaints.filter((line) => !line.includes("401")).length, 0, complaints.join());
});

test("who is faster than the page finds out about the login goes in as the account all the same", async () => {
  const { body } = await server.ask("POST", "/admin/world-ticket", { token: host.token });
  const made = await context();
  const world = await visit(made, `${server.url}/#enter=${body.ticket}`, complaints);
  await enter(world, "Sofie");
  const listed = world.locator(".roster").getByRole("button", { name: "Sofie you, host" });
  await listed.waitFor();
  // Once as it is, and once more after a new handshake.
  const refusedTwice = new Promise((answered) => {
    let refusals = 0;
    const count = ({ payload }) => {
      if (String(payload).includes("reserved-id")) refusals += 1;
      if (refusals === 2) answered();
    };
    world.on("websocket", (socket) => socket.on("framereceived", count));
  });
  await made.route("**/auth/session", async (route) => {
    await refusedTwice;
    await route.continue();
  });
  await world.reload();
  await enter(world, "Sofie");
  await listed.waitFor();
  assert.deepEqual(complaints, []);
});

test("a moderator has the word, and loses it with the role", async () => {
  const guest = await visit(await context(), server.url, complaints);
  await enter(guest, "Dara");
  const pete = await player(server, helper.user.id, { auth: { token: helper.token } });
  const row = guest.locator(".roster li").filter({ hasText: "moderator" });
  await row.waitFor();
  assert.equal(await row.locator(".lantern-badge").isVisible(), false);
  await ask(pete, "chat:message", { content: "Mind the step" });
  const line = guest.getByRole("log").getByRole("listitem").filter({ hasText: "Mind the step" });
  await line.getByText("moderator").waitFor();
  const path = `/admin/users/${helper.user.id}`;
  await server.ask("PATCH", path, { token: host.token, body: { role: "user" } });
  await row.waitFor({ state: "detached" });
  await line.getByText("moderator").waitFor({ state: "detached" });
  await server.ask("PATCH", path, { token: host.token, body: { role: "moderator" } });
  pete.disconnect();
  assert.deepEqual(complaints, []);
});

test("the host makes it evening for everybody at the press of a button, and day again", async () => {
  const guest = await visit(await context(), server.url, complaints);
  await enter(guest, "Ines");
  await guest.locator("canvas.world.complete").waitFor();
  const day = await brightness(guest);
  const { admin } = await hostAt("dashboard");
  await admin.getByRole("button", { name: "Make it evening" }).click();
  await admin.getByText("It is evening for everybody now.").waitFor();
  const limit = day * 0.6;
  await untilDark(guest, limit, true);
  await open(admin, "audit");
  await admin.getByText("Light", { exact: false }).first().waitFor();

  const late = await visit(await context(), server.url, complaints);
  await untilDark(late, limit, true);
  await open(admin, "dashboard");
  await admin.getByRole("button", { name: "Make it day" }).click();
  await untilDark(guest, limit, false);
  assert.deepEqual(complaints, []);
});

test("a word from the drawer reaches one alone, an announcement stands in the chat of all", async () => {
  const guest = await visit(await context(), server.url, complaints);
  await enter(guest, "Yuki");
  const other = await player(server, "kofi");
  const { admin } = await hostAt("players");
  const drawer = await about(admin, "Yuki");
  await drawer.getByRole("button", { name: "Message", exact: true }).click();
  const dialog = admin.getByRole("dialog", { name: "A word to Yuki" });
  await dialog.getByLabel("What they read").fill("Your boat is ready");
  assert.deepEqual(await accessibilityFaults(admin), []);
  await dialog.getByRole("button", { name: "Send" }).click();
  await admin.getByText("Yuki reads it now.").waitFor();
  await guest.getByRole("status").getByText("Your boat is ready").waitFor();
  await guest.getByRole("status").getByText("sofie, host, to you").waitFor();
  await guest.getByRole("log").getByText("sofie, host, to you: Your boat is ready").waitFor();
  assert.equal(other.seen.some(([name]) => name === "moderation:notice"), false);

  await server.ask("POST", "/admin/announcements", { token: host.token, body: { message: "We close at ten" } });
  await guest.getByRole("status").getByText("We close at ten").waitFor();
  await guest.getByRole("log").getByText("We close at ten").waitFor();
  await event(other, "moderation:notice", (it) => it.message === "We close at ten");
  await guest.reload();
  await enter(guest, "Yuki");
  await guest.getByRole("log").getByText("We close at ten").waitFor();
  assert.equal(await guest.getByRole("status").getByText("We close at ten").count(), 0, "it is no news any more");
  other.disconnect();
  assert.deepEqual(complaints, []);
});

test("a moderator writes from the card of a player in the world", async () => {
  const guest = await visit(await context(), server.url, complaints);
  await enter(guest, "Lena");
  const world = await visit(await context(), server.url, complaints);
  await world.getByRole("button", { name: "Log in" }).click();
  await fillSignIn(world, helper);
  await world.getByRole("dialog").waitFor({ state: "hidden" });
  await enter(world, "Pete");
  await world.locator(".roster").getByRole("button", { name: /^Lena/ }).click();
  await world.getByRole("button", { name: "Write to them" }).click();
  await world.getByLabel("Only they read it, with your name").fill("Lovely hat");
  await world.getByRole("button", { name: "Send", exact: true }).last().click();
  await guest.getByRole("status").getByText("Lovely hat").waitFor();
  await guest.getByRole("status").getByText("pete, moderator, to you").waitFor();
  assert.deepEqual(complaints, []);
});

test("a moderator in the world has the host's own reasons, and sees who was reported", async () => {
  await settings({ moderation_reasons: "Pushing = 90m; Name not allowed" });
  const guest = await visit(await context(), server.url, complaints);
  await enter(guest, "Bruno");
  const witness = await player(server, "witness");
  const { players } = witness.seen.find(([name]) => name === "world:state")[1];
  const bruno = players.find(({ name }) => name === "Bruno").id;
  assert.equal((await ask(witness, "player:report", { playerId: bruno, reason: "Pushes me" })).ok, true);
  const world = await visit(await context(), server.url, complaints);
  await world.getByRole("button", { name: "Log in" }).click();
  await fillSignIn(world, helper);
  await world.getByRole("dialog").waitFor({ state: "hidden" });
  await enter(world, "Pete");
  await world.locator(".roster").getByRole("button", { name: "Bruno 1 report" }).click();
  const card = world.getByRole("dialog", { name: "Bruno" });
  await card.getByText("witness: “Pushes me”").waitFor();
  assert.deepEqual(await accessibilityFaults(world), []);
  await card.getByRole("button", { name: "Mute", exact: true }).click();
  await card.getByRole("button", { name: "Name not allowed" }).waitFor();
  await card.getByRole("button", { name: "Mute for 90 min" }).click();
  await guest.getByRole("status").getByText("Reason: Pushing").waitFor();
  assert.equal(await guest.locator(".roster").getByText("1 report").count(), 0, "a guest does not see it");
  await settings({ moderation_reasons: null });
  witness.disconnect();
  assert.deepEqual(complaints, []);
});

test("a held line waits above the chat, and is read when it is let through", async () => {
  await settings({ word_list: "fool", word_list_mode: "hold" });
  const guest = await visit(await context(), server.url, complaints);
  await enter(guest, "Brk");
  const other = await player(server, "dara");
  await say(guest, "what a Fool");
  await guest.getByRole("log").getByText("A moderator looks at this line first.").waitFor();
  assert.equal(await chatField(guest).inputValue(), "", "it is not to be sent again");

  const { admin } = await hostAt("chat");
  const queue = admin.getByRole("region", { name: "1 line waits for you" });
  await queue.getByText("On the list: fool").waitFor();
  assert.equal(await queue.locator("mark").textContent(), "Fool");
  assert.deepEqual(await accessibilityFaults(admin), []);
  await queue.getByRole("button", { name: "Let through" }).click();
  const said = await event(other, "chat:message", (it) => it.content === "what a Fool");
  assert.equal(said.author, "Brk");
  await queue.waitFor({ state: "detached" });
  const rail = admin.getByRole("complementary", { name: "Search, who speaks most, and what is allowed" });
  await rail.getByText("waits for you or a moderator before anybody else reads it").waitFor();

  await say(guest, "fool again");
  await admin.getByRole("button", { name: "Remove", exact: true }).click();
  await admin.getByText("Nobody reads what Brk wrote.").waitFor();
  await guest.getByRole("status").getByText("A moderator did not let your line through").waitFor();
  await guest.getByRole("status").getByText("“fool again”").waitFor();
  await guest.getByRole("log").getByText("A moderator did not let your line through: “fool again”").waitFor();
  await settings({ word_list_mode: null });
  await rail.getByText("A line with one of them reaches nobody.").waitFor();
  assert.equal(other.seen.some(([name, it]) => name === "chat:message" && it.content === "fool again"), false);
  await settings({ word_list: null, word_list_mode: null });
  other.disconnect();
  assert.deepEqual(complaints, []);
});

test("a word list is tried before it is saved", async () => {
  const { admin } = await hostAt("settings");
  await admin.getByLabel("Word list", { exact: true }).fill("nuisance, fool");
  const line = admin.getByLabel("Try a line");
  await line.fill("you f00l");
  const answer = admin.getByRole("status").filter({ hasText: "Letters that look alike" });
  await answer.getByText("“fool”").waitFor();
  await answer.getByText("Passes").waitFor();
  await line.fill("a nuisance");
  await answer.getByText("“nuisance”").first().waitFor();
  assert.equal(await answer.getByText("“nuisance”").count(), 2);
  assert.deepEqual(await accessibilityFaults(admin), []);
  await admin.getByRole("button", { name: "Discard" }).click();
  assert.deepEqual(complaints, []);
});

test("a pinned announcement is read by who comes in later, until it is unpinned", async () => {
  const { admin } = await hostAt("chat");
  await admin.getByRole("button", { name: "Announce", exact: true }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Announcement").fill("The parade starts at the jetty");
  await dialog.getByText("1 hour", { exact: true }).click();
  await dialog.getByRole("button", { name: "Announce" }).click();
  const bar = admin.getByRole("region", { name: "Pinned announcement" });
  await bar.getByText("The parade starts at the jetty").waitFor();
  await bar.getByText(/^Announced by sofie, .*; pinned until /).waitFor();
  assert.deepEqual(await accessibilityFaults(admin), []);

  const late = await visit(await context(), server.url, complaints);
  await enter(late, "Late");
  const strip = late.locator(".notice-pinned");
  await strip.getByText("The parade starts at the jetty").waitFor();
  await strip.getByText(/Pinned until/).waitFor();
  await bar.getByRole("button", { name: "Unpin" }).click();
  await bar.waitFor({ state: "detached" });
  await strip.waitFor({ state: "detached" });
});
