// A real Chromium on the pages of a real server, and what every journey does there.

import { AxeBuilder } from "@axe-core/playwright";
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";
import { wordsFor } from "./words.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** The machine's own Chromium. */
export function launch() {
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"]).toString().trim();
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A page in this context that collects what its console complains about. */
export async function visit(context, address, complaints) {
  const page = await context.newPage();
  page.on("console", (line) => {
    if (["error", "warning"].includes(line.type())) complaints.push(line.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(address);
  return page;
}

/** Goes through the entrance of the player page. `text`: what the page says in its language. */
export async function enter(page, name, text = wordsFor("en")) {
  await page.getByLabel(text.yourName).fill(name);
  await page.keyboard.press("Enter");
  await chatField(page).waitFor();
}

export const chatField = (page) => page.getByRole("textbox", { name: "Chat", exact: true });

export async function say(page, words) {
  await chatField(page).fill(words);
  await page.keyboard.press("Enter");
}

/**
 * What axe finds on the page, of every weight, once what fades or slides has come to rest. An empty list is what a view
 * must have.
 */
export async function accessibilityFaults(page) {
  await page.evaluate(() => {
    const ends = (animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);
    const over = (animation) => animation.finished.catch(() => {});
    return Promise.all(document.getAnimations().filter(ends).map(over));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((it) => it.html).join(" ")}`);
}
