// Script time per frame of the player page in a crowd: 200 people at 10 updates a second.
//   npm run frame-time               uses the kept recording, makes one when there is none
//   npm run frame-time -- --record   makes a new one
// Ends with a failure when the 95th percentile is above LIMIT_MS.

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { enter, launch, visit } from "../browser.js";
import { replay } from "./replay.mjs";
import { percentile, scriptPerFrame } from "./trace.mjs";

const LIMIT_MS = 6;
const SECONDS = 10;
const SCREENS = {
  "1280x800": { viewport: { width: 1280, height: 800 } },
  "390x844, ratio 2": { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const CATEGORIES = ["devtools.timeline", "v8", "disabled-by-default-v8.gc"];

const artifacts = fileURLToPath(new URL("../artifacts/frame-time/", import.meta.url));
const kept = `${artifacts}recording.json`;

async function recording() {
  if (existsSync(kept) && !process.argv.includes("--record")) return JSON.parse(await readFile(kept, "utf8"));
  console.log("Recording a world with 200 people ...");
  // Only a new recording needs a server.
  const { record } = await import("./recording.mjs");
  const made = await record();
  await mkdir(artifacts, { recursive: true });
  await writeFile(kept, JSON.stringify(made));
  return made;
}

/** The own player walks to and fro, so that the camera moves as in a visit. */
async function stroll(page, seconds) {
  const end = Date.now() + seconds * 1000;
  for (let turn = 0; Date.now() < end; turn += 1) {
    const key = turn % 2 === 0 ? "ArrowRight" : "ArrowLeft";
    await page.keyboard.down(key);
    await page.waitForTimeout(900);
    await page.keyboard.up(key);
  }
}

async function measure(browser, url, name, screen) {
  const context = await browser.newContext({ locale: "en-GB", ...screen });
  const complaints = [];
  const page = await visit(context, url, complaints);
  await enter(page, "Sofie");
  // Every look, direction and step is painted once before it counts.
  await stroll(page, SECONDS);
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: CATEGORIES } });
  await stroll(page, SECONDS);
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await page.screenshot({ path: `${artifacts}${name.split(",")[0]}.png` });
  await context.close();
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  await writeFile(`${artifacts}trace-${name.split(",")[0]}.json`, JSON.stringify({ traceEvents: events }));
  return scriptPerFrame(events);
}

const world = await replay(await recording());
const browser = await launch();
let tooSlow = false;
try {
  for (const [name, screen] of Object.entries(SCREENS)) {
    const { wall, cpu } = await measure(browser, world.url, name, screen);
    const row = (values) => [0.5, 0.95, 0.99].map((share) => percentile(values, share).toFixed(2)).join(" / ");
    console.log(`${name}: script per frame p50/p95/p99 ${row(cpu)} ms processor time, ${row(wall)} ms wall time, ${cpu.length} frames in ${SECONDS} s`);
    tooSlow ||= percentile(cpu, 0.95) > LIMIT_MS;
  }
} finally {
  await browser.close();
  world.close();
}
if (tooSlow) {
  console.error(`Too slow: the 95th percentile is above ${LIMIT_MS} ms.`);
  process.exitCode = 1;
}
