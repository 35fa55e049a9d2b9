// The player page without a mouse, without motion, without eyes, and from another origin.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { chatField, enter, say, visit } from "./browser.js";
import { client, event, Server } from "./harness.js";
import { startJourney } from "./journey.js";
import { servePages } from "./pages.js";

const { server, browser } = await startJourney();

let looker;
let complaints;
const contexts = [];
beforeEach(async () => {
  complaints = [];
  looker = client(server);
  await event(looker, "world:state");
});
afterEach(async () => {
  looker.disconnect();
  for (const context of contexts.splice(0)) await context.close();
});

async function open(options = {}, address = server.url) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  contexts.push(context);
  return visit(context, address, complaints);
}

const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id);

test("everything is reached by keys alone", async () => {
  const page = await open();
  await page.waitForFunction(() => document.activeElement?.id === "name-field");
  await page.keyboard.type("Kim");
  await page.keyboard.press("Enter");
  await chatField(page).waitFor();
  const start = await event(looker, "player:joined", ({ name }) => name === "Kim");
  assert.match(await focused(page), /^The harbour/);

  await page.keyboard.down("KeyD");
  await event(looker, "player:updated", ({ id, position }) => id === start.id && position.x > start.position.x + 0.1);
  await page.keyboard.up("KeyD");
  await page.keyboard.press("Digit5");
  const felt = await event(looker, "player:updated", ({ id, metadata }) => id === start.id && metadata.emote);
  assert.equal(felt.metadata.emote.name, "heart");

  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "chat-field");
  await page.keyboard.type("wasd 5 is text here");
  await page.keyboard.press("Enter");
  await event(looker, "chat:message", ({ content }) => content === "wasd 5 is text here");
  await page.keyboard.press("Escape");
  assert.match(await focused(page), /^The harbour/);

  const reached = [];
  for (let i = 0; i < 12 && reached.at(-1) !== "Menu"; i += 1) {
    await page.keyboard.press("Tab");
    reached.push(await focused(page));
  }
  for (const name of ["Chat messages", "chat-field", "Send", "Show a feeling", "Change your look", "Menu"]) {
    assert.ok(reached.includes(name), `${name} is among ${reached}`);
  }
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Leave the world" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Leave the world" }).waitFor({ state: "hidden" });
  assert.equal(await focused(page), "Menu");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Change your look" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(await focused(page), "Change your look", "the focus goes back to where it came from");
  assert.deepEqual(complaints, []);
});

test("what is heard without eyes: lines in a log, names in a list, changes as status", async () => {
  const page = await open();
  await page.getByLabel("Your name").fill("  ");
  await page.getByRole("button", { name: "Enter", exact: true }).press("Enter");
  await page.getByRole("alert").getByText("Write a name first.").waitFor();
  await enter(page, "Lou");
  const other = await open();
  await enter(other, "Max");
  await say(other, "Good evening");
  const log = page.getByRole("log", { name: "Chat messages" });
  await log.getByText("Max came in").waitFor();
  await log.getByText("Good evening").waitFor();
  assert.equal(await log.getAttribute("aria-live"), "polite");
  const list = page.getByRole("list", { name: "Here now" });
  assert.deepEqual(await list.getByRole("listitem").allInnerTexts(), ["Lou\nyou", "Max"]);
  await other.keyboard.press("Escape");
  await other.keyboard.press("Digit1");
  await page.getByRole("status").getByText("Max: Wave").waitFor({ state: "attached" });
  await say(other, "<b>bold</b> & <script>alert(1)</script>");
  await log.getByText("<b>bold</b> & <script>alert(1)</script>").waitFor();
  assert.deepEqual(complaints, []);
});

test("a lost connection is said once, what was being typed stays, and the same player comes back", async () => {
  const page = await open();
  await enter(page, "Ro");
  await event(looker, "player:joined", ({ name }) => name === "Ro");
  await chatField(page).fill("half a sent");
  await server.restart("SIGTERM");
  await page.getByRole("status").getByText("You drifted off. Coming back.").waitFor({ state: "attached" });
  await page.getByRole("status").getByText("You are back.").waitFor({ state: "attached" });
  assert.equal(await chatField(page).inputValue(), "half a sent");
  assert.equal(await focused(page), "chat-field");
  await page.keyboard.type("ence");
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText("half a sentence").waitFor();
  // The browser itself writes a line for every attempt that found nobody.
  assert.deepEqual(complaints.filter((line) => !/WebSocket|ERR_CONNECTION_REFUSED/.test(line)), []);
});

test("with reduced motion nothing moves by itself", async () => {
  const page = await open({ reducedMotion: "reduce" });
  await enter(page, "Still");
  await page.getByText("Only you so far").waitFor();
  await page.evaluate(() => document.fonts.ready);
  const slow = await page.evaluate(() =>
    document.getAnimations().filter((it) => it.effect.getComputedTiming().duration > 80).length,
  );
  assert.equal(slow, 0);
  const picture = () => page.evaluate(() => document.querySelector("canvas.world").toDataURL());
  const frames = (count) =>
    page.evaluate(async (left) => {
      for (let i = 0; i < left; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    }, count);
  await frames(5);
  const before = await picture();
  await frames(30);
  assert.ok(before === (await picture()), "sea and boats stand still");
  await say(page, "bubbles appear at once");
  await page.getByRole("log").getByText("bubbles appear at once").waitFor();
  await frames(2);
  assert.ok(before !== (await picture()), "what was said shows");
  assert.deepEqual(complaints, []);
});

const GATEWAYS = [
  { kind: "that lists it, with its account", origins: (url) => url, accounts: true, expected: [] },
  // Accounts are for pages that are listed; the browser itself writes a line for what was not readable.
  { kind: "open to all, as a guest", origins: () => "*", accounts: false, expected: [/CORS policy/, /ERR_FAILED/] },
];

for (const { kind, origins, accounts, expected } of GATEWAYS) {
  test(`a page from another origin plays through a gateway ${kind}`, async () => {
    const pages = await servePages();
    const gateway = await Server.start({ CORS_ORIGIN: origins(pages.url) });
    try {
      const context = await browser.newContext({ locale: "en-GB" });
      contexts.push(context);
      await context.addInitScript((address) => {
        window.__COMUTINY_SOCKET_URL__ = address;
      }, gateway.url);
      const page = await visit(context, pages.url, complaints);
      await enter(page, "Far");
      await say(page, "hello from over there");
      await page.getByRole("log").getByText("hello from over there").waitFor();
      await page.getByRole("button", { name: "Menu" }).click();
      await page.getByRole("button", { name: "Account" }).click();
      await page.getByRole("button", { name: "Make an account" }).click();
      await page.getByRole("dialog").getByLabel("Your name").fill("far");
      await page.getByLabel("E-mail").fill("far@example.org");
      await page.getByLabel("Password").fill("correct horse battery");
      await page.getByRole("dialog").getByRole("button", { name: "Make an account" }).click();
      if (accounts) {
        await page.getByRole("dialog").waitFor({ state: "hidden" });
        await say(page, "with an account");
        await page.getByRole("log").getByText("with an account").waitFor();
      } else {
        await page.getByRole("dialog").getByRole("alert").waitFor();
      }
      assert.deepEqual(complaints.filter((line) => !expected.some((allowed) => allowed.test(line))), []);
    } finally {
      await gateway.stop();
      pages.close();
    }
  });
}
