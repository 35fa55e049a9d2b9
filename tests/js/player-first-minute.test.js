// The first minute of somebody who never was here, the link to bring a friend, and a moderator among them.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { accessibilityFaults, chatField, enter, visit } from "./browser.js";
import { client, event } from "./harness.js";
import { startJourney } from "./journey.js";

const { server, browser } = await startJourney({ WORLD_NAME: "The Quay" });

let contexts;
let complaints;
let looker;
beforeEach(async () => {
  contexts = [];
  complaints = [];
  looker = client(server);
  await event(looker, "world:state");
});
afterEach(async () => {
  looker.disconnect();
  for (const context of contexts) await context.close();
});

async function open(address = server.url, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  contexts.push(context);
  return visit(context, address, complaints);
}

const nameOn = (page) => page.getByLabel("Your name").inputValue();
const comesIn = (name) => event(looker, "player:joined", (player) => player.name === name);

test("Enter alone walks in, under a name and in a look that were there already", async () => {
  const page = await open();
  const name = await nameOn(page);
  assert.match(name, /^\S+ \S+$/);
  assert.deepEqual(await accessibilityFaults(page), []);
  const stood = await page.locator(".entry-figure canvas").evaluate((canvas) => canvas.toDataURL());
  await page.getByRole("button", { name: "Another look" }).click();
  const rolled = await page.locator(".entry-figure canvas").evaluate((canvas) => canvas.toDataURL());
  assert.notEqual(rolled, stood);
  await page.getByRole("button", { name: "Another name" }).click();
  const another = await nameOn(page);
  const joined = comesIn(another);
  await page.getByLabel("Your name").press("Enter");
  await chatField(page).waitFor();
  assert.ok((await joined).metadata.appearance, "what stood there walks in");
  await page.reload();
  assert.equal(await nameOn(page), another);
  const kept = await page.locator(".entry-figure canvas").evaluate((canvas) => canvas.toDataURL());
  assert.equal(kept, rolled, "a returning browser finds its figure");
  assert.deepEqual(complaints, []);
});

test("the wardrobe opens in the same card, and the language changes the name that was offered", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Change your look" }).click();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole("button", { name: "Sailor cap" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  const before = await nameOn(page);
  await page.getByLabel("Language").selectOption("es");
  await page.getByRole("button", { name: "Entrar" }).waitFor();
  assert.notEqual(await page.getByLabel("Tu nombre").inputValue(), before);
  assert.deepEqual(complaints, []);
});

test("the hint fades line by line, and does not come back", async () => {
  const page = await open();
  await enter(page, "Hanna");
  const hint = page.getByRole("note");
  await hint.getByText("Walk with the arrow keys").waitFor();
  await page.keyboard.down("ArrowLeft");
  await hint.getByText("Walk with the arrow keys").waitFor({ state: "hidden" });
  await page.keyboard.up("ArrowLeft");
  await page.keyboard.press("1");
  await hint.waitFor({ state: "hidden" });
  await page.reload();
  await enter(page, "Hanna");
  assert.equal(await hint.isVisible(), false);
  assert.deepEqual(complaints, []);
});

test("a link leads right beside who sends it", async () => {
  const page = await open();
  await enter(page, "Sofie");
  const sofie = await event(looker, "player:joined", (player) => player.name === "Sofie");
  await page.getByRole("button", { name: "Share the link" }).click();
  await page.getByRole("img", { name: "QR code of the link" }).waitFor();
  assert.equal(await page.getByLabel("Link to this world").inputValue(), `${server.url}/`);
  // The scheme in grey is the picture's; the field is one piece to select and to copy.
  const scheme = page.locator(".share-scheme");
  assert.equal(await scheme.textContent(), "http://");
  assert.equal(await scheme.isVisible(), true);
  assert.equal(await page.locator(".roster-fold").isVisible(), true);
  await page.getByLabel("Link to this world").focus();
  assert.equal(await scheme.isVisible(), false);
  await page.getByLabel("Come to me").check();
  await page.getByText("On the plaza").waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  const link = await page.getByLabel("Link to this world").inputValue();
  assert.match(link, /#at=-?[\d.]+,-?[\d.]+&until=\d+$/);
  const friend = await open(link);
  assert.equal(friend.url(), `${server.url}/`);
  const joined = comesIn("Friend");
  await enter(friend, "Friend");
  const { position } = await joined;
  const apart = Math.hypot(position.x - sofie.position.x, position.z - sofie.position.z);
  assert.ok(apart < 2, `${apart} tiles away`);

  // From the list one walks to a person who is far away.
  const far = client(server);
  await event(far, "world:state");
  await far.emitWithAck("player:join", { playerId: "far", name: "Faro", position: { x: -8, y: 0, z: 0 } });
  await friend.getByRole("list", { name: "Here now" }).getByText("Faro").click();
  assert.deepEqual(await accessibilityFaults(friend), []);
  const arrived = event(looker, "player:updated", (it) => it.id !== "far" && it.position.x < -6);
  await friend.getByRole("button", { name: "Walk there" }).click();
  await arrived;
  far.disconnect();
  assert.deepEqual(complaints, []);
});

test("a press on somebody in the world opens the card about them, and the keys go on walking", async () => {
  const page = await open();
  await enter(page, "Mara");
  const own = await event(looker, "player:joined", ({ name }) => name === "Mara");
  const other = client(server);
  await event(other, "world:state");
  const beside = { ...own.position, x: own.position.x + 2 };
  await other.emitWithAck("player:join", { playerId: "nils", name: "Nils", position: beside });
  // Two tiles east of oneself, at the height of the coat; the camera may still be on its way.
  const { width, height } = page.viewportSize();
  const place = [width / 2 + 88, height * 0.57 - 30];
  const world = page.locator("canvas.world");
  while (!(await world.evaluate((canvas) => canvas.classList.contains("over-person")))) {
    await page.mouse.move(0, 0);
    await page.mouse.move(...place);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => drawn())));
  }
  await page.mouse.click(...place);
  const card = page.getByRole("dialog", { name: "Nils" });
  await card.getByRole("button", { name: "Walk there" }).waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  const walked = event(looker, "player:updated", ({ id, position }) => id === own.id && position.x < own.position.x - 0.5);
  await page.keyboard.down("ArrowLeft");
  await walked;
  await page.keyboard.up("ArrowLeft");
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "hidden" });
  other.disconnect();
  assert.deepEqual(complaints, []);
});

test("a moderator in the world warns, mutes and takes it back, from the card", async () => {
  const { password } = await server.account("sofie", "moderator");
  const page = await open();
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByLabel("E-mail").fill("sofie@example.org");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("dialog").getByRole("button", { name: "Log in", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  // Who has logged in walks in with Enter, as everybody does.
  await page.getByLabel("Your name").and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await chatField(page).waitFor();
  const guest = await open();
  await enter(guest, "Brk");
  await page.getByRole("list", { name: "Here now" }).getByText("Brk").click();
  const card = page.getByRole("dialog", { name: "Brk" });
  await card.getByText(/^Guest, just came in, /).waitFor();
  await card.getByRole("button", { name: "Warn" }).click();
  await card.getByRole("button", { name: "Insults" }).click();
  await card.getByRole("button", { name: "Send the warning" }).click();
  await guest.getByRole("status").getByText("Insults").waitFor();
  await card.getByRole("button", { name: "Mute" }).click();
  assert.deepEqual(await accessibilityFaults(page), []);
  await card.getByRole("button", { name: "Mute for 15 min" }).click();
  await guest.locator("#chat-silenced").getByText(/^You cannot chat until /).waitFor();
  await card.getByRole("button", { name: "Undo" }).click();
  await guest.locator("#chat-silenced").waitFor({ state: "hidden" });
  const link = await card.getByRole("link", { name: "Open in administration" }).getAttribute("href");
  assert.match(link, /\/admin\/#\/players\/.+/);
  assert.equal(await guest.getByText("Open in administration").count(), 0);
  assert.deepEqual(complaints, []);
});
