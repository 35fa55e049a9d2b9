// Two people on the player page in a real browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { Server } from "./harness.js";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

let server;
let browser;
before(async () => {
  server = await Server.start();
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"]).toString().trim();
  browser = await chromium.launch({ executablePath, args: FLAGS });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function visit(context, complaints) {
  const page = await context.newPage();
  page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(server.url);
  return page;
}

async function enter(page, name) {
  await page.getByLabel("Your name").fill(name);
  await page.keyboard.press("Enter");
  await page.getByLabel("Chat", { exact: true }).waitFor();
}

async function say(page, words) {
  await page.getByLabel("Chat", { exact: true }).fill(words);
  await page.keyboard.press("Enter");
}

test("two people meet, talk, and one comes in again from another window", async () => {
  const complaints = [];
  const [home, away] = await Promise.all([1, 2].map(() => browser.newContext({ locale: "en-US" })));
  const ana = await visit(home, complaints);
  await enter(ana, "Ana");
  const ben = await visit(away, complaints);
  await enter(ben, "Ben");
  for (const page of [ana, ben]) {
    const people = page.getByRole("list", { name: "Here now", includeHidden: true });
    for (const name of ["Ana", "Ben"]) {
      await people.getByText(name).first().waitFor({ state: "attached" });
    }
  }
  await say(ben, "Hello from Ben");
  await ana.getByText("Hello from Ben").first().waitFor();
  await say(ana, "Hello from Ana");
  await ben.getByText("Hello from Ana").first().waitFor();

  const again = await visit(home, complaints);
  assert.equal(await again.getByLabel("Your name").inputValue(), "Ana", "the name is remembered");
  assert.deepEqual(complaints, []);
});
