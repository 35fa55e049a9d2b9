// Accounts on the player page: all on the socket that is already open, while the visitor walks about.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { enter, say, visit } from "./browser.js";
import { client, event } from "./harness.js";
import { startJourney } from "./journey.js";

const PASSWORD = "correct horse battery";
const NEWER = "staple horse battery";

const { server, browser } = await startJourney();

let context;
let page;
let looker;
let complaints;
beforeEach(async () => {
  complaints = [];
  context = await browser.newContext({ locale: "en-GB" });
  looker = client(server);
  await event(looker, "world:state");
  page = await visit(context, server.url, complaints);
});
afterEach(async () => {
  looker.disconnect();
  await context.close();
});

const dialog = () => page.getByRole("dialog");
const press = (name) => dialog().getByRole("button", { name, exact: true }).click();
const closed = () => dialog().waitFor({ state: "hidden" });

/** From the menu in the world, from the foot of the card before it. */
async function openAccount(on = page) {
  const menu = on.getByRole("button", { name: "Menu" });
  if (await menu.isVisible()) {
    await menu.click();
    await on.getByRole("button", { name: "Account" }).click();
  } else {
    await on.locator(".card-foot button").click();
  }
  await on.getByRole("dialog").waitFor();
}

async function register(name) {
  await openAccount();
  await press("Make an account");
  await page.getByRole("dialog").getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(`${name}@example.org`);
  await page.getByLabel("Password").fill(PASSWORD);
  await press("Make an account");
  await closed();
}

/** The picture of the visitor as they stand before the wardrobe. */
async function figure() {
  await page.locator(".look-button").click();
  const wardrobe = page.getByRole("dialog", { name: "Change your look" });
  const picture = await wardrobe.locator(".wardrobe-figure canvas").evaluate((canvas) => canvas.toDataURL());
  await wardrobe.getByRole("button", { name: "Close" }).click();
  await closed();
  return picture;
}

/** What the others hear of somebody who comes in under an id they have not seen with this name. */
const comesIn = (name, fits = () => true) =>
  event(looker, "player:joined", (player) => player.name === name && fits(player));

test("making an account keeps the body that the guest was born with", async () => {
  await enter(page, "Lina");
  await comesIn("Lina");
  const guest = await figure();
  await register("lina");
  const owner = await comesIn("Lina", ({ id }) => !id.startsWith("guest-"));
  assert.ok(owner.metadata.appearance, "others are told what the account wears");
  assert.equal(await figure(), guest);

  // Also in another browser, which never saw the guest.
  const elsewhere = await browser.newContext({ locale: "en-GB" });
  const other = await visit(elsewhere, server.url, complaints);
  await openAccount(other);
  await other.getByRole("dialog").getByLabel("E-mail").fill("lina@example.org");
  await other.getByLabel("Password").fill(PASSWORD);
  await other.getByRole("dialog").getByRole("button", { name: "Log in", exact: true }).click();
  await other.getByRole("dialog").waitFor({ state: "hidden" });
  await enter(other, "Lina again");
  const again = await comesIn("Lina again");
  assert.deepEqual(again.metadata.appearance, owner.metadata.appearance);
  await elsewhere.close();
  assert.deepEqual(complaints, []);
});

test("a guest makes an account, walks on as its owner, logs out and stays as a guest", async () => {
  await enter(page, "Nora");
  const guest = await comesIn("Nora");
  assert.match(guest.id, /^guest-/);
  await register("nora");
  const owner = await comesIn("Nora", ({ id }) => id !== guest.id);
  assert.match(owner.id, /^[0-9a-f]{8}-/);
  await event(looker, "player:left", ({ id }) => id === guest.id);
  await say(page, "I have an account now");
  const said = await event(looker, "chat:message", ({ content }) => content === "I have an account now");
  assert.equal(said.playerId, owner.id);

  await openAccount();
  await dialog().getByText("nora@example.org").waitFor();
  await press("Log out");
  await closed();
  await event(looker, "player:left", ({ id }) => id === owner.id);
  await say(page, "and I am a guest again");
  const last = await event(looker, "chat:message", ({ content }) => content === "and I am a guest again");
  assert.match(last.playerId, /^guest-/);
  assert.deepEqual(complaints, []);
});

test("who is logged in is known after a reload, and goes in as the account", async () => {
  await register("iris");
  await page.getByRole("button", { name: "You are logged in as iris." }).waitFor();
  assert.equal(await page.getByLabel("Your name").inputValue(), "iris", "the account's name is offered");
  await page.reload();
  await page.getByRole("button", { name: "You are logged in as iris." }).waitFor();
  await page.keyboard.press("Enter");
  const owner = await comesIn("iris");
  assert.match(owner.id, /^[0-9a-f]{8}-/);
  assert.deepEqual(complaints, []);
});

test("a changed password ends the logins elsewhere, and this window walks on", async () => {
  await enter(page, "Vera");
  await register("vera");
  await openAccount();
  await press("Change password");
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("New password").fill(NEWER);
  await press("Change password");
  await dialog().getByText("That is not your password.").waitFor();
  assert.equal(await page.getByLabel("New password").inputValue(), NEWER, "nothing typed is lost");
  await page.getByLabel("Current password").fill(PASSWORD);
  await press("Change password");
  await dialog().getByText("The new password holds from now on.").waitFor();
  await dialog().getByRole("button", { name: "Close" }).click();
  await say(page, "still here");
  await event(looker, "chat:message", ({ content }) => content === "still here");

  const logIn = (password) => server.ask("POST", "/auth/login", { body: { email: "vera@example.org", password } });
  assert.equal((await logIn(PASSWORD)).status, 401);
  assert.equal((await logIn(NEWER)).status, 200);
  assert.deepEqual(complaints.filter((line) => !/status of 401/.test(line)), []);
});

test("an account is deleted with its password only, and its owner stays as a guest", async () => {
  await enter(page, "Olga");
  await register("olga");
  const owner = await comesIn("Olga", ({ id }) => !id.startsWith("guest-"));
  await openAccount();
  await press("Delete account");
  await page.getByLabel("Password").fill("not my password");
  await press("Delete account");
  await dialog().getByText("That is not your password.").waitFor();
  await page.getByLabel("Password").fill(PASSWORD);
  await press("Delete account");
  await dialog().getByText("Your account is gone.").waitFor();
  await dialog().getByRole("button", { name: "Close" }).last().click();
  await event(looker, "player:left", ({ id }) => id === owner.id);
  await say(page, "as a guest");
  const said = await event(looker, "chat:message", ({ content }) => content === "as a guest");
  assert.match(said.playerId, /^guest-/);
  const { status } = await server.ask("POST", "/auth/login", {
    body: { email: "olga@example.org", password: PASSWORD },
  });
  assert.equal(status, 401);
  assert.deepEqual(complaints.filter((line) => !/status of 401/.test(line)), []);
});

test("a look is chosen, seen by others, and kept with the account", async () => {
  await enter(page, "Pia");
  await register("pia");
  const wardrobe = async () => {
    await page.getByRole("button", { name: "Change your look" }).first().click();
    await dialog().waitFor();
  };
  const seen = (fits) => event(looker, "player:updated", ({ name, metadata }) => name === "Pia" && fits(metadata));
  await wardrobe();
  await press("Ana");
  await press("Done");
  const house = await seen(({ spriteAssetId }) => spriteAssetId === "harbour-ana");
  assert.equal(house.metadata.appearance.hair, "bun-umber");
  assert.match(house.metadata.sprite, /^\/static\/sprites\/harbour-ana\.png/);
  await wardrobe();
  assert.equal(await dialog().getByRole("button", { name: "Ana" }).getAttribute("aria-pressed"), "true");
  await press("Sailor cap");
  await press("Done");
  const own = await seen(({ spriteAssetId }) => spriteAssetId === null);
  assert.equal(own.metadata.appearance.hair, "sailor-umber");
  assert.equal(own.metadata.sprite, null);

  const elsewhere = await browser.newContext({ locale: "en-GB" });
  try {
    const other = await visit(elsewhere, server.url, complaints);
    await openAccount(other);
    await other.getByLabel("E-mail").fill("pia@example.org");
    await other.getByLabel("Password").fill(PASSWORD);
    await other.getByRole("dialog").getByRole("button", { name: "Log in", exact: true }).click();
    await other.getByRole("dialog").waitFor({ state: "hidden" });
    await other.getByLabel("Your name").press("Enter");
    const again = await comesIn("pia");
    assert.equal(again.metadata.appearance.hair, "sailor-umber");
  } finally {
    await elsewhere.close();
  }
  assert.deepEqual(complaints, []);
});
