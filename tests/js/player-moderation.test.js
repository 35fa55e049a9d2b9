// What moderation does to a visitor, as the visitor sees it: a real server, a real moderator over REST.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { chatField, enter, say, visit } from "./browser.js";
import { player, Server } from "./harness.js";
import { startJourney } from "./journey.js";

const { server, browser } = await startJourney({ WORLD_NAME: "The Quay" });
const { token } = await server.account("harbourmaster", "moderator");

let context;
let page;
let complaints;
beforeEach(async () => {
  complaints = [];
  context = await browser.newContext({ locale: "en-GB" });
  page = await visit(context, server.url, complaints);
});
afterEach(async () => {
  await context.close();
});

/** A moderator's call; it must succeed. */
async function moderate(method, path, body) {
  const answer = await server.ask(method, `/admin${path}`, { token, body });
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A line of chat by its words. The archive writes behind the chat; the row is the event to wait for. */
async function archived(words) {
  for (;;) {
    const { messages } = await moderate("GET", `/messages?search=${words}`);
    if (messages[0]) return messages[0];
  }
}

async function sessionOf(name) {
  const { sessions } = await moderate("GET", `/sessions?search=${encodeURIComponent(name)}`);
  const found = sessions.find((session) => session.name === name && session.joined);
  assert.ok(found, `${name} has a session`);
  return found.id;
}

const ended = (title) => page.getByRole("alertdialog", { name: title });

test("who is kicked reads why, and may come back", async () => {
  await enter(page, "Kit");
  await moderate("POST", `/sessions/${await sessionOf("Kit")}/kick`, { reason: "Please leave the jetty free." });
  await ended("You were asked to leave").waitFor();
  await page.getByText("Please leave the jetty free.").waitFor();
  await page.getByText("A moderator ended your visit to The Quay and wrote:").waitFor();
  await page.getByRole("button", { name: "Go back in" }).click();
  await chatField(page).waitFor();
  assert.deepEqual(complaints, []);
});

test("who is banned reads why and until when, and is refused on return", async () => {
  await enter(page, "Bo");
  const { bans } = await moderate("POST", "/bans", {
    sessionId: await sessionOf("Bo"), what: ["guest"], reason: "Shouting at people.", minutes: 120,
  });
  const title = /^You cannot come in until /;
  await ended(title).waitFor();
  await page.getByText("Shouting at people.").waitFor();
  await page.reload();
  await page.getByLabel("Your name").press("Enter");
  await ended(title).waitFor();
  await page.getByText("Shouting at people.").waitFor();
  for (const { id } of bans) await moderate("DELETE", `/bans/${id}`);
  await page.getByRole("button", { name: "Try again" }).click();
  await chatField(page).waitFor();
  assert.deepEqual(complaints, []);
});

test("who is muted reads until when, keeps what was typed, and speaks again when it is lifted", async () => {
  await enter(page, "Mo");
  await chatField(page).fill("half a sentence");
  const session = await sessionOf("Mo");
  await moderate("POST", `/sessions/${session}/mute`, { reason: "Too loud.", minutes: 30 });
  await page.getByRole("status").getByText("Too loud.").waitFor();
  const why = page.locator("#chat-silenced");
  await why.getByText(/^You cannot chat until /).waitFor();
  assert.equal(await chatField(page).getAttribute("readonly"), "");
  assert.equal(await chatField(page).inputValue(), "half a sentence");

  // Also a visit that begins anew finds out, at the first line.
  await page.reload();
  await enter(page, "Mo");
  await say(page, "am I heard?");
  await why.getByText(/^You cannot chat until /).waitFor();
  assert.equal(await chatField(page).inputValue(), "am I heard?", "a refused line is not lost");

  const { mutes } = await moderate("GET", "/mutes?active=true");
  for (const { id } of mutes) await moderate("DELETE", `/mutes/${id}`);
  await page.getByRole("status").getByText("You can chat again").waitFor();
  await why.waitFor({ state: "hidden" });
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText("am I heard?").waitFor();
  assert.deepEqual(complaints, []);
});

test("a line that a moderator removed and put back is in its place again", async () => {
  await enter(page, "Rhea");
  const lines = () => page.getByRole("log").getByText(/^Rhea /).allTextContents();
  for (const words of ["first", "second", "third"]) {
    await say(page, words);
    await page.getByRole("log").getByText(words).waitFor();
  }
  const path = `/messages/${(await archived("second")).id}`;
  await moderate("DELETE", path);
  await page.getByRole("log").getByText("second").waitFor({ state: "detached" });
  await moderate("POST", `${path}/restore`, {});
  await page.getByRole("log").getByText("second").waitFor();
  assert.deepEqual(await lines(), ["Rhea first", "Rhea second", "Rhea third"]);
  assert.deepEqual(complaints, []);
});

test("warnings and announcements are shown and read out, and a moderator sees when a warning was read", async () => {
  await enter(page, "Wim");
  const session = await sessionOf("Wim");
  const warning = async () => (await moderate("GET", `/sessions/${session}`)).record.warnings[0];
  await moderate("POST", `/sessions/${session}/warn`, { message: "Mind the flowers." });
  await page.getByRole("status").getByText("A word from a moderator").waitFor();
  await page.getByRole("status").getByText("Mind the flowers.").waitFor();
  assert.equal((await warning()).readAt, null);
  await page.getByRole("button", { name: "Understood" }).click();
  await page.getByText("Mind the flowers.").waitFor({ state: "detached" });
  // What is said after it is acknowledged after it: the server takes a visitor's words in order.
  await say(page, "sorry");
  await page.getByRole("log").getByText("sorry").waitFor();
  assert.ok((await warning()).readAt);
  await moderate("POST", "/announcements", { message: "We close at ten." });
  await page.getByRole("status").getByText("We close at ten.").waitFor();
  await page.getByRole("status").getByRole("button", { name: "Close" }).click();
  assert.equal(await page.getByRole("status").getByText("We close at ten.").count(), 0);
  // Who dismissed it, and who comes later, reads it in the chat.
  await page.getByRole("log").getByText("We close at ten.").waitFor();
  assert.deepEqual(complaints, []);
});

test("a removed message is gone from everybody's chat", async () => {
  await enter(page, "Rae");
  await say(page, "something rude");
  await page.getByRole("log").getByText("something rude").waitFor();
  const line = await archived("rude");
  await moderate("DELETE", `/messages/${line.id}`);
  await page.getByRole("log").getByText("something rude").waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
});

test("a report reaches the moderators", async () => {
  await enter(page, "Tess");
  const elsewhere = await browser.newContext({ locale: "en-GB" });
  try {
    const other = await visit(elsewhere, server.url, complaints);
    await enter(other, "Ugo");
    await page.getByRole("list", { name: "Here now" }).getByText("Ugo").click();
    await page.getByRole("button", { name: "Report" }).click();
    await page.getByLabel("What should a moderator know?").fill("He keeps blocking the gate.");
    await page.getByRole("button", { name: "Tell the moderators" }).click();
    await page.getByText("A moderator will read it.").waitFor();
    const { reports } = await moderate("GET", "/reports?status=open");
    assert.deepEqual(
      reports.map(({ reason, target }) => [target.name, reason]),
      [["Ugo", "He keeps blocking the gate."]],
    );
  } finally {
    await elsewhere.close();
  }
  assert.deepEqual(complaints, []);
});

test("a world with a PIN asks for it; a link that carries it leads straight in", async () => {
  const guarded = await Server.start({ JOIN_PIN: "harbour-42" });
  try {
    const inside = await player(guarded, "ivy", { auth: { pin: "harbour-42" } });
    await page.goto(guarded.url);
    await page.getByText("1 person is here").waitFor();
    inside.disconnect();
    await page.getByLabel("Your name").fill("Pim");
    await page.keyboard.press("Enter");
    const pin = page.getByLabel("PIN");
    await pin.waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "pin-field");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("Write the PIN.").waitFor();
    await pin.fill("wrong-one");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("That PIN is not right.").waitFor();
    await page.keyboard.type("harbour-42");
    await page.keyboard.press("Enter");
    await chatField(page).waitFor();
    await page.reload();
    await page.getByLabel("Your name").press("Enter");
    await chatField(page).waitFor();

    const invited = await browser.newContext({ locale: "en-GB" });
    try {
      const guest = await visit(invited, `${guarded.url}/#pin=harbour-42`, complaints);
      assert.equal(guest.url(), `${guarded.url}/`, "nobody reads the PIN over one's shoulder");
      await enter(guest, "Quin");
    } finally {
      await invited.close();
    }
  } finally {
    await guarded.stop();
  }
  assert.deepEqual(complaints, []);
});
