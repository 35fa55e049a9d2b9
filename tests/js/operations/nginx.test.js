// The sites for nginx that are packaged, each in front of real servers in Debian's nginx.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { barrier, client, event, player, Server } from "../harness.js";
import { freePort } from "../ports.js";
import { end, until } from "./programs.js";

const PACKAGING = new URL("../../../server-core/packaging/", import.meta.url);
// Outside of the path of people who are not root.
const NGINX = existsSync("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
// A picture of 256 kB as Base64 in JSON.
const LARGEST_UPLOAD = 415_000;

/** One nginx with a sample in which only ports, upstreams and the certificate's place are others. */
async function front(folder, sample, nodes) {
  const port = await freePort();
  const upstreams = nodes.map((node) => node.port);
  const site = (await readFile(new URL(sample, PACKAGING), "utf8"))
    .replaceAll("/etc/letsencrypt/live/play.example.org/", `${folder}/`)
    .replace(/listen (443|80)/, `listen 127.0.0.1:${port}`)
    .replace(/ {4}listen \[::\].*\n/, "")
    .replace(/(?<=\n {4}server )[\d.]+:4000/g, () => `127.0.0.1:${upstreams.shift()}`);
  assert.deepEqual(upstreams, [], "every node stands in the sample");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((it) => `${it}_temp_path ${folder}/${port}-${it};`);
  const file = join(folder, `${port}.conf`);
  await writeFile(
    file,
    `daemon off; pid ${folder}/${port}.pid; error_log stderr; ${process.getuid() === 0 ? "user root;" : ""}
     events {} http { access_log off; ${temporary.join(" ")} ${site} }`,
  );
  const child = spawn(NGINX, ["-e", "stderr", "-c", file], { stdio: ["ignore", "ignore", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const url = `${site.includes(" ssl;") ? "https" : "http"}://localhost:${port}`;
  return { child, url, complaints: () => complaints };
}

const SAMPLES = { "nginx.conf": 1, "nginx-nodes.conf": 2, "compose/nginx.conf": 2 };

for (const [sample, count] of Object.entries(SAMPLES)) {
  describe(`${sample} of the packages`, () => {
    const nodes = [];
    let folder;
    let proxy;
    let ca;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "comutiny-nginx-"));
      const [key, cert] = ["privkey.pem", "fullchain.pem"].map((name) => join(folder, name));
      const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
      const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
      execFileSync("openssl", ["req", "-x509", ...curve, ...names, "-keyout", key, "-out", cert], { stdio: "ignore" });
      ca = await readFile(cert);
      for (let node = 0; node < count; node++) nodes.push(await Server.start({ TRUSTED_PROXIES: "127.0.0.1" }));
      proxy = await front(folder, sample, nodes);
      await until(`nginx: ${proxy.complaints()}`, async () => (await ask("/ready")).status === 200);
    });
    after(async () => {
      if (proxy) await end(proxy.child);
      for (const node of nodes) await node.stop();
      await rm(folder, { recursive: true, force: true });
    });

    /** One request as it is on the wire, undecoded; `at` is nginx or a server. */
    async function ask(path, { method = "GET", headers = {}, body, at = proxy.url } = {}) {
      const { request } = at.startsWith("https") ? https : http;
      const sent = request(at + path, { method, headers, ca, agent: false });
      sent.end(body);
      const [answer] = await once(sent, "response");
      return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(await answer.toArray()) };
    }

    test("pages and lists come as the server sends them, and are not sent twice", async () => {
      for (const [path, form] of [["/", "br"], ["/admin/", "gzip"], ["/openapi.json", "gzip"]]) {
        const takes = { "accept-encoding": form };
        const [passed, direct] = [await ask(path, { headers: takes }), await ask(path, { headers: takes, at: nodes[0].url })];
        assert.equal(passed.status, 200, path);
        assert.ok(passed.bytes.equals(direct.bytes), `${path} is another one behind nginx`);
        for (const name of ["content-encoding", "etag", "vary", "cache-control", "content-type"]) {
          assert.equal(passed.headers[name], direct.headers[name], `${path}: ${name}`);
        }
        assert.equal(passed.headers["content-encoding"], form);
        if (!passed.headers.etag) continue;
        const again = await ask(path, { headers: { ...takes, "if-none-match": passed.headers.etag } });
        assert.deepEqual([again.status, again.bytes.length], [304, 0], path);
      }
    });

    test("official clients play over each transport", async () => {
      const people = await Promise.all(
        [["polling"], ["websocket"], ["polling", "websocket"]].map((transports) =>
          player({ url: proxy.url }, `p-${transports.join("-")}`, { transports, ca }),
        ),
      );
      await barrier(people[0], ...people);
      for (const socket of people) socket.disconnect();
    });

    test("a login that came over https is kept for https", async () => {
      const body = JSON.stringify({ username: "ana", email: "ana@example.org", password: "correct horse battery" });
      const headers = { "content-type": "application/json" };
      const answer = await ask("/auth/register", { method: "POST", headers, body });
      assert.equal(answer.status, 201, String(answer.bytes));
      const login = [answer.headers["set-cookie"]].flat().find((it) => it.startsWith("auth_token="));
      assert.equal(login.includes("; Secure"), proxy.url.startsWith("https"), login);
    });

    test("metrics stay inside, and the largest upload reaches the server's own answer", async () => {
      assert.equal((await ask("/metrics")).status, 404);
      const headers = { "content-type": "application/json", "content-length": String(LARGEST_UPLOAD) };
      const answer = await ask("/admin/assets/sprites", { method: "POST", headers, body: Buffer.alloc(LARGEST_UPLOAD, " ") });
      assert.equal(answer.status, 401);
      assert.ok(JSON.parse(answer.bytes).message);
    });

    if (count > 1) {
      test("whoever comes while a node is away reaches the other one", async () => {
        const [first, second] = nodes;
        for (const [away, here] of [[first, second], [second, first]]) {
          await away.end("SIGTERM");
          const bo = await player({ url: proxy.url }, "bo", { ca });
          const looker = client(here);
          await event(looker, "world:state", ({ players }) => players.some(({ id }) => id === "bo"));
          looker.disconnect();
          bo.disconnect();
          await away.open(away.port);
        }
      });
    }
  });
}

test("nginx lets in as many from one network as the server", async () => {
  const settings = await readFile(new URL("../docs/settings.md", PACKAGING), "utf8");
  const [, most] = settings.match(/`MAX_CONNECTIONS_PER_ADDRESS` \| `[^`]+` \| `(\d+)`/);
  for (const sample of Object.keys(SAMPLES)) {
    const site = await readFile(new URL(sample, PACKAGING), "utf8");
    assert.equal(site.match(/limit_conn networks (\d+);/)?.[1], most, sample);
  }
});
