// What operators are given to watch a world with, against what it really says: Debian's Prometheus scrapes two nodes.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ask, client, Server } from "../harness.js";
import { freePort } from "../ports.js";
import { end, until } from "./programs.js";

const run = promisify(execFile);
const COMPOSE = fileURLToPath(new URL("../../../server-core/packaging/compose/", import.meta.url));
const METRICS = fileURLToPath(new URL("../../../server-core/docs/metrics.md", import.meta.url));
const TOKEN = "0f9a7c51d3e84b26";
/** Grafana's units that the dashboard uses. */
const UNITS = new Set(["short", "ops", "s", "percentunit", "bytes", "Bps"]);

const dashboard = JSON.parse(await readFile(join(COMPOSE, "grafana/dashboard.json"), "utf8"));
const alerts = await readFile(join(COMPOSE, "alerts.yml"), "utf8");
const targets = dashboard.panels.flatMap((panel) => panel.targets.map(({ expr }) => [panel.title, expr]));

test("panels stand beside each other, know their units and ask for metrics that exist", async () => {
  const known = new Set((await readFile(METRICS, "utf8")).match(/(?<=^\| `)[a-z_]+/gm));
  const asked = [...JSON.stringify(targets).matchAll(/\b(comutiny|process)_[a-z_]+/g), ...alerts.matchAll(/\bcomutiny_[a-z_]+/g)];
  for (const [name] of asked) assert.ok(known.has(name.replace(/_bucket$/, "")), `${name} is no metric of a server`);
  const taken = new Set();
  for (const { id, title, description, gridPos, fieldConfig, datasource, targets } of dashboard.panels) {
    assert.ok(title && description && targets.length > 0, `panel ${id}`);
    assert.ok(UNITS.has(fieldConfig.defaults.unit), `${title}: ${fieldConfig.defaults.unit}`);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own.
    assert.equal(datasource.uid, "${datasource}", title);
    const cells = Array.from({ length: gridPos.w * gridPos.h }, (_, at) => {
      const [x, y] = [gridPos.x + (at % gridPos.w), gridPos.y + Math.floor(at / gridPos.w)];
      assert.ok(x < 24, `${title} is out of the grid`);
      return `${x},${y}`;
    });
    for (const cell of cells) assert.ok(!taken.has(cell) && taken.add(cell), `${title} lies on another panel`);
    assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, title);
  }
  const ids = dashboard.panels.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

describe("two nodes and a Prometheus", () => {
  const running = [];
  const nodes = [];
  let folder;
  let prometheus;

  /** What a query finds now. */
  const query = async (expr) => {
    const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(expr)}`);
    const body = await answer.json();
    assert.equal(body.status, "success", `${expr}: ${body.error}`);
    return body.data.result;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "comutiny-operations-"));
    const redis = await freePort();
    running.push(spawn("redis-server", ["--port", redis, "--bind", "127.0.0.1", "--save", "", "--dir", folder], { stdio: "ignore" }));
    const shared = {
      REDIS_URL: `redis://127.0.0.1:${redis}`,
      DATABASE_URL: `sqlite:${join(folder, "world.sqlite")}`,
      JWT_SECRET: "a key for two nodes that are watched",
      METRICS_TOKEN: TOKEN,
    };
    await until("Redis", () => run("redis-cli", ["-p", redis, "ping"]));
    for (let node = 0; node < 2; node++) nodes.push(await Server.start(shared));

    await cp(COMPOSE, folder, { recursive: true });
    await writeFile(join(folder, "metrics-token"), TOKEN);
    const config = (await readFile(join(COMPOSE, "prometheus.yml"), "utf8"))
      .replaceAll("15s", "1s")
      .replace(/targets: .*/, `targets: ${JSON.stringify(nodes.map(({ port }) => `127.0.0.1:${port}`))}`);
    await writeFile(join(folder, "prometheus.yml"), config);
    const port = await freePort();
    prometheus = `http://127.0.0.1:${port}`;
    const flags = [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    running.push(spawn("prometheus", flags, { stdio: "ignore" }));

    const people = nodes.map((node, at) => [client(node, { transports: ["websocket"] }), `walker-${at}`]);
    for (const [socket, playerId] of people) await ask(socket, "player:join", { playerId });
    await ask(people[0][0], "chat:message", { content: "hello" });
    let step = 0;
    await until("two nodes with two players, for some scrapes", async () => {
      for (const [socket] of people) await ask(socket, "player:update", { position: { x: ++step } });
      const [count] = await query("count(count_over_time(comutiny_players[1m]) > 4)");
      const [players] = await query("max(comutiny_players)");
      return count?.value[1] === "2" && players?.value[1] === "2";
    });
    for (const [socket] of people) socket.disconnect();
  });

  after(async () => {
    for (const node of nodes) await node.stop();
    for (const child of running.reverse()) await end(child);
    await rm(folder, { recursive: true, force: true });
  });

  test("every query of the dashboard finds something", async () => {
    for (const [title, expr] of targets) {
      const found = await query(expr.replaceAll("$node", ".*").replaceAll("$__rate_interval", "30s"));
      // What was refused is shown only where something was.
      if (!expr.endsWith("> 0")) assert.notEqual(found.length, 0, `${title}: ${expr} finds nothing`);
    }
  });

  test("every alert is understood, and none sounds in a world that is well", async () => {
    const answer = await fetch(`${prometheus}/api/v1/rules`);
    const rules = (await answer.json()).data.groups.flatMap((group) => group.rules);
    assert.equal(rules.length, alerts.match(/- alert:/g).length);
    for (const { name, health, lastError, alerts: sounding } of rules) {
      assert.ok(health === "ok" || health === "unknown", `${name}: ${lastError}`);
      assert.deepEqual(sounding.filter(({ state }) => state === "firing"), [], name);
    }
  });

  test("a Prometheus elsewhere reads with the token, and nobody without it", async () => {
    // Whoever comes through a proxy does not count as this machine.
    const elsewhere = { "x-forwarded-for": "192.0.2.7" };
    const metrics = (headers) => fetch(`${nodes[0].url}/metrics`, { headers: { ...elsewhere, ...headers } });
    assert.equal((await metrics({})).status, 401);
    assert.equal((await metrics({ authorization: "Bearer 0000000000000000" })).status, 401);
    const read = await metrics({ authorization: `Bearer ${TOKEN}` });
    assert.match(await read.text(), /^comutiny_players \d+$/m);
  });

  test("the configuration and the rules are well-formed, and each alert sounds when it should", async () => {
    await run("promtool", ["check", "config", join(folder, "prometheus.yml")]);
    const { stdout } = await run("promtool", ["test", "rules", join(folder, "alerts.test.yml")]);
    assert.match(stdout, /SUCCESS/);
  });
});
