// The load test in the administration, from the form to the saved files, with real clients in a process of their own.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { english, fillSignIn, heading, signIn } from "./admin.js";
import { accessibilityFaults, enter, launch, visit } from "./browser.js";
import { atChanges, player, Server, watcher } from "./harness.js";
import { adminWordsFor } from "./words.mjs";

const PATH = "/admin/load-tests";
const SHORT = { Clients: "6", Length: "6", "One update every": "100", "One new client every": "20" };

const button = (page, name) => page.getByRole("button", { name, exact: true });
const state = (page, word) => page.getByRole("heading", { level: 2, name: word, exact: true });

async function fill(page, fields) {
  for (const [label, value] of Object.entries(fields))
    await page.getByLabel(label, { exact: true }).fill(value);
}

const chart = (page, name) => page.getByRole("figure", { name });

/** Whether an element's corners are in sight and nothing lies over them; runs in the page. */
function onTop(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const corners = [left + 6, right - 6].flatMap((x) => [top + 4, bottom - 4].map((y) => [x, y]));
  return corners.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
}

/** Waits until a chart's table has a number for the first second of the run. */
async function hasFirstSecond(page) {
  const crowd = chart(page, "Clients and deliveries");
  await crowd.getByRole("button", { name: "Show as a table" }).click();
  await crowd.getByRole("row", { name: /^1\ss \d/ }).waitFor();
}

async function run(page, fields = SHORT) {
  await fill(page, fields);
  await button(page, "Start run").click();
  await state(page, "Running").waitFor();
}

/** Chooses a format under "Export" and reads the file that was saved. */
async function saved(page, format) {
  await button(page, "Export").click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: format }).click();
  const file = await download;
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

/** The processes that lead this server's clients. */
async function workers(server) {
  const list = spawn("ps", ["-o", "pid=,args=", "--ppid", String(server.child.pid)]);
  let text = "";
  for await (const chunk of list.stdout) text += chunk;
  const ours = text.split("\n").filter((line) => line.includes("load-test-worker"));
  return ours.map((line) => Number.parseInt(line, 10));
}

describe("the load test", () => {
  let server;
  let browser;
  let host;
  const rest = (method, path, options = {}) =>
    server.ask(method, PATH + path, { token: host.token, ...options });
  const newest = async () => (await rest("GET", "")).body.runs[0];
  const over = async (id) => {
    const watching = watcher(server, host.token);
    const { body } = await atChanges(watching, () => rest("GET", `/${id}`), (it) => it.body.run.endedAt !== null);
    watching.disconnect();
    return body;
  };

  before(async () => {
    // Machines that run tests are busy: nobody must be stopped for that.
    server = await Server.start({ LOAD_TEST_MAX_ACK_MS: "0" });
    host = await server.account("hana", "host");
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("from the form to the files", async () => {
    const complaints = [];
    const context = await english(browser);
    const page = await signIn(context, server, host, complaints, "loadtest");
    await page.getByText("No run yet.").waitFor();

    // Nonsense is named and not sent.
    await fill(page, { Clients: "0" });
    await page.getByText("A number from 1 to 2,000.").waitFor();
    assert.equal(await button(page, "Start run").getAttribute("aria-disabled"), "true");
    await fill(page, { Clients: "5", Server: "http://192.0.2.1:4000" });
    await button(page, "Start run").click();
    await page
      .getByRole("alert")
      .getByText(/only this server or one in your own network/)
      .waitFor();
    assert.equal(await page.getByLabel("Server", { exact: true }).inputValue(), "http://192.0.2.1:4000");
    await fill(page, { Server: "" });

    // It runs, with bots that are shown as such.
    await run(page);
    await page.getByText("6 bots in the world").waitFor();
    const sessions = (await server.ask("GET", "/admin/sessions", { token: host.token })).body.sessions;
    assert.deepEqual([...new Set(sessions.map(({ kind }) => kind))], ["bot"]);
    assert.match(await button(page, "Start run").getAttribute("aria-description"), /under way/);
    await page.getByText(/ of 6\ss, /).waitFor();
    await hasFirstSecond(page);

    // Who comes later gets the run so far, and so does a page that is loaded again.
    const late = await visit(context, `${server.url}/admin/#/loadtest`, complaints);
    await hasFirstSecond(late);
    await late.close();
    await page.reload();
    await heading(page, "Load test").waitFor();
    await state(page, "Completed").waitFor();
    const first = await newest();
    const { report, seconds } = (await rest("GET", `/${first.id}`)).body;
    assert.equal(report.connections.joined, 6);
    assert.equal(report.connections.left, 6);
    assert.equal(report.totals.missing.lastStates, 0);
    assert.ok(seconds.length >= 6, `${seconds.length} seconds`);
    for (const name of ["Fan-out, ms", "Update to ack, ms", "Clients and deliveries", "Join to ack, ms"]) {
      await chart(page, name).waitFor();
    }
    await page.getByText("6 bots in the world").waitFor({ state: "detached" });

    // A chart as a table has the numbers of the run.
    await hasFirstSecond(page);
    const crowd = chart(page, "Clients and deliveries");
    await crowd.getByRole("cell", { name: "6", exact: true }).first().waitFor();

    // Dragging looks closer in all charts at once.
    const box = await page.getByRole("figure", { name: "Fan-out, ms" }).locator(".u-over").boundingBox();
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.3, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, y, { steps: 5 });
    await page.mouse.up();
    await button(page, "Show everything").click();
    await page.getByText(/^Drag over a chart/).waitFor();

    // Saved in every form.
    const day = new Date().toISOString().slice(0, 10);
    const html = await saved(page, "As a page (HTML)");
    assert.equal(html.name, `load-test-${day}.html`);
    assert.match(html.content.toString(), /^<!doctype html>[^]*6 plain clients/);
    const png = await saved(page, "As a picture (PNG)");
    assert.equal(png.content.subarray(1, 4).toString(), "PNG");
    const json = JSON.parse((await saved(page, "As data (JSON)")).content.toString());
    assert.equal(json.connections.joined, 6);
    assert.equal(json.seconds.length, seconds.length);
    const csv = (await saved(page, "As a table (CSV)")).content.toString().trim().split("\n");
    assert.equal(csv.length, seconds.length + 1);

    // A second run, compared with the first.
    await page.getByText("Batch", { exact: true }).click();
    await button(page, "How they come, move and speak").click();
    await run(page, { ...SHORT, "One message every": "1" });
    await state(page, "Completed").waitFor();
    const second = await newest();
    assert.notEqual(second.id, first.id);
    const talk = (await rest("GET", `/${second.id}`)).body;
    assert.ok(talk.report.totals.said > 0, "nobody spoke");
    assert.equal(talk.report.errors.total, 0, JSON.stringify(talk.report.errors));
    const kept = (await server.ask("GET", "/admin/messages", { token: host.token })).body;
    assert.ok(
      kept.messages.every(({ author }) => !author.startsWith("bot ")),
      "bots' words are kept",
    );

    // The history opens any of them again.
    const earlier = (mode) =>
      page.getByRole("table").getByRole("button", { name: new RegExp(`^Run of .*6 clients, ${mode}`, "i") });
    await earlier("Plain").click();
    await page.getByText("6 clients, plain, one update every 100 ms").waitFor();
    assert.ok(page.url().endsWith(`/loadtest/${first.id}`), page.url());
    await earlier("Batch").click();
    await page.getByText("6 clients, batch, one update every 100 ms").waitFor();

    await page.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option").nth(1).click();
    const compared = page.getByRole("region", { name: /^Compared with/ });
    await compared.getByRole("row", { name: /^Fan-out p99/ }).waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);

    // Deleted, it is gone; the other one is shown.
    await button(page, "Delete run").click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete run" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await rest("GET", `/${second.id}`)).status, 404);
    await page
      .getByRole("table")
      .getByRole("button", { name: /^Run of .*6 clients, plain/ })
      .waitFor();
    assert.deepEqual(
      complaints.filter((line) => !line.includes("400")),
      [],
    );
    await context.close();
  });

  test("what a refused server and a lost connection look like", async () => {
    const lonely = await Server.start();
    const owner = await lonely.account("olga", "host");
    const context = await english(browser);
    const page = await signIn(context, lonely, owner, [], "loadtest");
    await fill(page, { Server: "http://192.0.2.1:4000" });
    await button(page, "Start run").click();
    const refusal = page.getByRole("alert").getByText(/only this server/);
    await refusal.waitFor();
    assert.equal(await page.getByLabel("Server", { exact: true }).getAttribute("aria-invalid"), "true");
    await fill(page, { Server: "" });
    await refusal.waitFor({ state: "detached" });
    await run(page, { ...SHORT, Length: "1" });
    await state(page, "Completed").waitFor();
    // Its report is there as well, which is asked for when it is over.
    await page.waitForLoadState("networkidle");
    const figure = page.locator("dd").first();
    const colour = (it) => it.evaluate((element) => getComputedStyle(element).color);
    const live = await colour(figure);
    await lonely.stop();
    await page
      .getByText(/Connection lost/)
      .first()
      .waitFor();
    const label = await colour(page.locator("dt").first());
    assert.notEqual(label, live);
    assert.equal(await colour(figure), label);
    for (const name of ["Start run", "Export", "Delete run"]) {
      assert.equal(await button(page, name).getAttribute("aria-disabled"), "true", name);
    }
    await context.close();
  });

  test("Start is whole and on top above the earlier runs, in both languages", async () => {
    const first = await english(browser);
    const form = await signIn(first, server, host, [], "loadtest");
    for (const clients of ["1", "2", "3", "4"]) {
      await run(form, { ...SHORT, Clients: clients, Length: "1" });
      await state(form, "Completed").waitFor();
    }
    await first.close();
    for (const [locale, name] of [["en-US", "Start run"], ["es-ES", "Iniciar"]]) {
      const context = await english(browser, { locale });
      const page = await visit(context, `${server.url}/admin/#/loadtest`, []);
      await fillSignIn(page, host, adminWordsFor(locale));
      await page.getByRole("table").first().waitFor();
      for (const [width, height] of [[1280, 800], [1440, 900]]) {
        await page.setViewportSize({ width, height });
        assert.equal(await button(page, name).evaluate(onTop), true, `${locale}, ${width} wide`);
        const fold = page.locator("form button[aria-expanded]");
        assert.equal(await fold.evaluate(onTop), true, `${locale}, ${width} wide: the fold lies under Start`);
      }
      await context.close();
    }
  });

  test("a host stops a run, and it still has its report", async () => {
    const context = await english(browser);
    const page = await signIn(context, server, host, [], "loadtest");
    await run(page, { ...SHORT, Length: "600" });
    await page.getByText("6 bots in the world").waitFor();
    const { status, body } = await rest("POST", "", { body: {} });
    assert.deepEqual([status, body.code], [409, "load-test-running"]);
    await button(page, "Stop run").click();
    await state(page, "Stopped").waitFor();
    const { run: stopped, report } = (await rest("GET", `/${(await newest()).id}`)).body;
    assert.deepEqual([stopped.why.code, report.connections.left], ["stopped-by-host", 6]);
    assert.deepEqual(await workers(server), []);
    await context.close();
  });

  test("a first look fills the world with bots who are told apart from people", async () => {
    const guest = await player(server, "ines");
    const context = await english(browser);
    const page = await signIn(context, server, host, [], "loadtest");
    await page.getByText("30 bots walk and talk in your world for 2\u00a0min.").waitFor();
    await button(page, "Show it full").click();
    await state(page, "Running").waitFor();
    await page.getByText("30 bots in the world").waitFor();
    const { sessions } = (await server.ask("GET", "/admin/sessions", { token: host.token })).body;
    const bots = sessions.filter(({ kind }) => kind === "bot");
    assert.equal(bots.length, 30);
    for (const { name } of bots) assert.match(name, /^bot [A-Z][a-z]+ [0-9]+$/);

    // They walk on the ground of the map, and look where they go.
    const first = new Map();
    const walk = (update) => {
      const { x, z } = update.position;
      assert.ok(x > -10.5 && x < 17.5 && z > -12 && z < 15, `${update.name} at ${x} ${z}`);
      assert.ok(["up", "down", "left", "right"].includes(update.metadata.heading), JSON.stringify(update));
      assert.equal(update.metadata.bot, true);
      if (!first.has(update.id)) first.set(update.id, { x, z });
      const begun = first.get(update.id);
      return update.animation === "walk" && Math.hypot(x - begun.x, z - begun.z) > 2;
    };
    await new Promise((resolve, reject) => {
      const walkers = new Set();
      guest.on("player:updated", (update) => {
        try {
          if (walk(update)) walkers.add(update.id);
          if (walkers.size === 5) resolve();
        } catch (error) {
          reject(error);
        }
      });
    });

    // Among players people come first.
    await page.goto(`${server.url}/admin/#/players`);
    await page.getByRole("row", { name: /ines/ }).waitFor();
    assert.equal(await page.getByRole("row", { name: /^bot / }).count(), 0);
    await page.getByText("In the world 1", { exact: true }).waitFor();
    await page.getByText("Bots 30", { exact: true }).click();
    await page.getByRole("row", { name: /bot [A-Z][a-z]+ 30\b/ }).waitFor();
    assert.equal(await page.getByRole("row", { name: /ines/ }).count(), 0);
    const { status } = await rest("POST", `/${(await newest()).id}/stop`);
    assert.equal(status, 200);
    await over((await newest()).id);
    guest.disconnect();
    await context.close();
  });

  test("bots of figures that compare are told apart from people as well", async () => {
    const complaints = [];
    const context = await english(browser);
    const page = await visit(context, server.url, complaints);
    await enter(page, "Ines");
    const { body } = await rest("POST", "", { body: { clients: 6, durationMs: 60_000, spawnIntervalMs: 20 } });
    const here = page.locator(".roster");
    await here.getByText("1 and 6 bots").waitFor();
    await here.getByRole("button", { name: "2 more" }).click();
    const [first, ...others] = await here.getByRole("listitem").allInnerTexts();
    assert.match(first, /^Ines/);
    for (const name of others) assert.match(name.trim(), /^bot [A-Z][a-z]+ [0-9]+$/);
    // Their coming is no news in the chat.
    assert.equal(await page.getByRole("log").getByText(/bot .* came in/).count(), 0);
    const { status } = await rest("POST", `/${body.run.id}/stop`);
    assert.equal(status, 200);
    await over(body.run.id);
    await here.getByText("and 6 bots").waitFor({ state: "detached" });
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("a run drops everybody and lets all come back", async () => {
    const { body } = await rest("POST", "", {
      body: {
        clients: 8,
        durationMs: 10_000,
        updateIntervalMs: 200,
        spawnIntervalMs: 20,
        crowd: { shape: "restart", outageMs: 500, walk: "people" },
      },
    });
    const { run: ended, report } = await over(body.run.id);
    assert.equal(ended.state, "completed", JSON.stringify(ended.why));
    assert.deepEqual([report.connections.dropped, report.connections.joined], [8, 16]);
    assert.equal(report.errors.total, 0, JSON.stringify(report.errors));
    assert.equal(report.totals.missing.lastStates, 0);
    assert.ok(report.totals.allInMs < 3000, `${report.totals.allInMs} ms`);
  });

  test("who only looks sees the runs and starts none", async () => {
    const viewer = await server.account("vito", "viewer");
    const context = await english(browser);
    const page = await signIn(context, server, viewer, [], "loadtest");
    assert.equal(await button(page, "Start run").getAttribute("aria-disabled"), "true");
    assert.equal(await button(page, "Delete run").getAttribute("aria-disabled"), "true");
    const refused = await server.ask("POST", PATH, { token: viewer.token, body: {} });
    assert.equal(refused.status, 403);
    await context.close();
  });

  test("nobody is a bot by their own word", async () => {
    const socket = await player(server, "mocker", { auth: { runToken: "0190d3a2.99999999999999.AAAA" } });
    const { sessions } = (await server.ask("GET", "/admin/sessions", { token: host.token })).body;
    assert.deepEqual(
      sessions.map(({ playerId, kind }) => [playerId, kind]),
      [["mocker", "guest"]],
    );
    socket.disconnect();
  });

  test("a run ends with its server, however that ends", async () => {
    const start = async () => {
      const { status, body } = await rest("POST", "", { body: { clients: 3, durationMs: 600_000 } });
      assert.equal(status, 201, JSON.stringify(body));
      return body.run.id;
    };
    const stopped = await start();
    assert.equal((await workers(server)).length, 1);
    await server.restart("SIGTERM");
    const why = async (id) => (await over(id)).run.why.code;
    assert.equal(await why(stopped), "server-closed");
    const crashed = await start();
    await server.restart("SIGKILL");
    const { run: lost } = (await rest("GET", `/${crashed}`)).body;
    assert.deepEqual([lost.state, lost.why.code], ["failed", "server-closed"]);
  });

  test("a child that dies is reported", async () => {
    const { body } = await rest("POST", "", { body: { clients: 3, durationMs: 600_000 } });
    for (const pid of await workers(server)) process.kill(pid, "SIGKILL");
    const { run: died } = await over(body.run.id);
    assert.deepEqual([died.state, died.why.code], ["failed", "process-died"]);
  });
});
