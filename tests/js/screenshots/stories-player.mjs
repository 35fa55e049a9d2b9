// What the screens of the player page share: how one gets into a state, with `{server, page, text, wire}` as the stage.

import { enter as goIn } from "../browser.js";
import { gather, PEOPLE } from "./people.mjs";

export const enter = ({ page, text }, name = "Sofie") => goIn(page, name, text);

/** Among the people of the reference picture, with what they say; `as` makes the visitor somebody before they go in. */
export async function amongPeople(stage, { people = PEOPLE, talk = true, as = async () => {} } = {}) {
  const { server, page } = stage;
  const others = await gather(server, people);
  await as(stage, others);
  await enter(stage);
  await page.getByText("Sofie").first().waitFor({ state: "attached" });
  if (talk) await others.talk();
  return others;
}

export const button = ({ page }, name) => page.getByRole("button", { name, exact: true });

export async function openList(stage) {
  const toggle = button(stage, stage.text.peopleHere(PEOPLE.length + 1));
  if (await toggle.isVisible()) await toggle.click();
  await button(stage, stage.text.more(7)).click();
}

/** The card about somebody, from the list. */
export async function openPerson(stage, name) {
  await openList(stage);
  await stage.page.getByRole("list", { name: stage.text.hereNow }).getByText(name, { exact: true }).click();
  await stage.page.getByRole("dialog", { name }).waitFor();
}

/** Presses into a crowd, from the middle outwards, until a card opens. */
export async function pressSomebody({ page }) {
  const { width, height } = page.viewportSize();
  for (let step = 3; step < 60; step++) {
    const [x, y] = [Math.cos(step * 2.4) * step * 7, Math.sin(step * 2.4) * step * 7];
    await page.mouse.click(width / 2 + x, height / 2 + y);
    if ((await page.getByRole("dialog").count()) > 0) return;
  }
  throw new Error("Nobody was pressed.");
}

export const openMenu = (stage) => button(stage, stage.text.menu).click();

export async function openWardrobe(stage) {
  await enter(stage);
  const shortcut = stage.page.locator(".look-button");
  if (await shortcut.isVisible()) await shortcut.click();
  else {
    await openMenu(stage);
    await button(stage, stage.text.look).click();
  }
  await stage.page.getByRole("dialog").waitFor();
}

/** From the menu in the world, from the foot of the card before it. */
export async function openAccount(stage) {
  if (await button(stage, stage.text.menu).isVisible()) {
    await openMenu(stage);
    await button(stage, stage.text.account).click();
  } else {
    await stage.page.locator(".card-foot button").click();
  }
  await stage.page.getByRole("dialog").waitFor();
}

export async function fillLogIn({ page, text }, email, password) {
  await page.getByLabel(text.email).fill(email);
  await page.getByLabel(text.password).fill(password);
  await page.getByRole("dialog").getByRole("button", { name: text.logIn }).click();
}

let accounts = 0;

export async function loggedIn(stage) {
  accounts += 1;
  const name = `sofie-${accounts}`;
  const { password } = await stage.server.account(name);
  await openAccount(stage);
  await fillLogIn(stage, `${name}@example.org`, password);
  await stage.page.getByRole("dialog").waitFor({ state: "hidden" });
  await openAccount(stage);
}

/** One account of each role is enough for a server. */
const staff = new Map();

export async function accountOf(server, role) {
  const key = `${server.url} ${role}`;
  if (!staff.has(key)) staff.set(key, await server.account(`the-${role}`, role));
  return staff.get(key);
}

/** Logs in at the entrance as somebody who looks after the world. */
export async function logInAs(stage, role) {
  const { password, user } = await accountOf(stage.server, role);
  await stage.page.locator(".card-foot button").click();
  await fillLogIn(stage, user.email, password);
  await stage.page.getByRole("dialog").waitFor({ state: "hidden" });
}

export const inHours = (hours) => new Date(Date.now() + hours * 3600_000).toISOString();

export const refusedAtTheDoor = (name, refusal, answer) => ({
  name,
  async show(stage) {
    stage.wire.refuseJoins(refusal);
    await stage.page.getByLabel(stage.text.yourName).fill("Sofie");
    await stage.page.keyboard.press("Enter");
    await answer(stage).waitFor();
  },
});

export const complaint = ({ page }) => page.getByRole("alert").filter({ hasText: /\S/ });

export const noticed = (name, notice) => ({
  name,
  async show(stage) {
    await amongPeople(stage);
    stage.wire.say("moderation:notice", notice);
    await stage.page.locator(".banner:not([hidden])").waitFor();
  },
});
