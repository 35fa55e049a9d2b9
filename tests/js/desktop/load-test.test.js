// A load test from the window: its clients run in the desktop program started once more, and its report is saved
// through the system's dialog.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Key } from "selenium-webdriver";
import { eventually } from "./app.js";
import { opened } from "./windows.js";

test("a load test runs from the window and its report is kept", async () => {
  const it = await opened({ server: "load_test_max_ack_ms = 0\n" });
  await it.state("running");
  await it.button("Load test");
  await it.go("loadtest");
  for (const [label, value] of [["Clients", 4], ["Length", 3], ["One update every", 200]]) {
    const field = await it.field(label);
    await field.sendKeys(Key.chord(Key.CONTROL, "a"));
    await field.sendKeys(String(value));
  }
  await it.click("Start run");
  await it.see("4 bots in the world");
  await it.see("Completed");
  const target = join(it.home, "report.html");
  await it.answer(target);
  await it.click("Export");
  await it.click("As a page (HTML)");
  await eventually("the report is saved", async () => (await readFile(target, "utf8")).includes("</html>"));
  const report = await readFile(target, "utf8");
  assert.match(report, /4 plain clients/);
  const run = JSON.parse(/id="run">(.*)<\/script>/.exec(report)[1]);
  assert.deepEqual([run.connections.joined, run.connections.left, run.ended], [4, 4, "completed"]);
});
