// The report of a load test as a page: the same in both languages, at the width of a phone and of a desk.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.js";
import { Server } from "./harness.js";

const RUN = ["load-test", "--load-clients", "3", "--load-duration-ms", "3000", "--load-update-interval-ms", "100",
  "--plain-percent", "40", "--read-percent", "80", "--from-all-in"];
/** As the server writes it where its machine was too busy: a run cannot be made to be that. */
const DOUBT = `<ul class="verdicts">
<li class="bad"><b>Not valid</b> <span data-doubt="{&quot;code&quot;:&quot;sent-late&quot;,&quot;late&quot;:3,&quot;sent&quot;:100}">3 of 100 updates were sent over 10 ms late; this machine is too busy</span></li>
</ul>
<dl class="glance">`;

let server;
let browser;
let folder;
let address;

before(async () => {
  server = await Server.start();
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "comutiny-report-"));
  const file = join(folder, "report.html");
  const run = [...RUN, "--load-target-url", server.url, "--report", file, "--max-fanout-p99", "10us", "--max-errors", "0"];
  // The limit is broken, and a busy machine makes a run invalid.
  await assert.rejects(server.cli(run), ({ code }) => code !== 1);
  const page = await readFile(file, "utf8");
  await writeFile(file, page.replace('<dl class="glance">', DOUBT));
  address = pathToFileURL(file).href;
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function shown(locale, width) {
  const context = await browser.newContext({ locale, viewport: { width, height: 844 }, timezoneId: "Europe/Madrid" });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
  await page.locator("summary").click();
  return { context, page, complaints };
}

/** What one reads and hears, without what is the same in every language. */
function texts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("script, style, [translate=no], .brand, .language") || node.data.trim() === ""
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT);
  const found = [document.title];
  while (walker.nextNode()) found.push(walker.currentNode.data.trim());
  for (const it of document.querySelectorAll("[aria-label]")) found.push(it.getAttribute("aria-label"));
  return found;
}

const ENGLISH =
  /\b(the|of|were|was|is|at|in|and|each|one|every|started|version|clients?|against|sent|late|only|most|least|errors|after|start|process|core|per delivery|joined|left|lost|updates?|samples|limit|server|near|far|second|load test)\b/i;

for (const width of [390, 1280]) {
  test(`in Spanish nothing is English, and numbers have commas, at ${width}`, async () => {
    const { context, page, complaints } = await shown("es-ES", width);
    await page.getByText("3 de 100 actualizaciones salieron más de 10 ms tarde").waitFor();
    // Browsers differ in what stands between day and hour.
    const time = await page.locator("time").textContent();
    assert.match(time, /^\d{1,2} de [a-z]+ de \d{4}(,| a las?) \d{1,2}:\d{2} (CET|CEST|GMT\+[12])$/);
    await page.locator("figure").first().hover();
    const all = await page.evaluate(texts);
    assert.deepEqual(all.filter((text) => ENGLISH.test(text)), []);
    assert.deepEqual(all.filter((text) => /\d\.\d/.test(text)), []);
    assert.ok(all.some((text) => /\d,\d/.test(text)));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, "nothing is wider than the page");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("3 of 100 updates were sent over 10 ms late").waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`in English it is as it was written, at ${width}`, async () => {
    const { context, page, complaints } = await shown("en-GB", width);
    await page.getByText("3 plain clients against").waitFor();
    assert.match(await page.locator("time").textContent(), /^\d{1,2} [A-Z][a-z]+ \d{4}(,| at) \d{1,2}:\d{2} (CET|CEST|GMT\+[12])$/);
    const before = await page.evaluate(texts);
    await page.getByRole("button", { name: "Español" }).click();
    await page.getByRole("button", { name: "English" }).click();
    assert.deepEqual(await page.evaluate(texts), before);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
