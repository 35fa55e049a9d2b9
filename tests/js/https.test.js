// The server with a certificate of its own, as official clients and operators see it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ask, barrier, client, count, event, player, Server } from "./harness.js";

const openssl = (...args) => execFileSync("openssl", args, { stdio: "ignore" });
const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** An authority of somebody's own in a folder. */
function authority(folder) {
  openssl(
    "req", "-x509", ...EC, "-days", "30", "-subj", "/CN=Our own authority",
    "-keyout", join(folder, "ca.key"), "-out", join(folder, "ca.pem"),
  );
}

/** A certificate of that authority, put in its place as one does it: beside it first. */
async function certify(folder, number, days = 30) {
  const [request, extensions] = [join(folder, "request.pem"), join(folder, "extensions")];
  await writeFile(extensions, "subjectAltName=DNS:localhost,DNS:play.example.org\nbasicConstraints=CA:FALSE\n");
  openssl(
    "req", "-new", ...EC, "-subj", `/CN=world ${number}`,
    "-keyout", join(folder, "new.key"), "-out", request,
  );
  openssl(
    "x509", "-req", "-in", request, "-CA", join(folder, "ca.pem"), "-CAkey", join(folder, "ca.key"),
    "-set_serial", String(number), "-days", String(days), "-extfile", extensions, "-out", join(folder, "new.pem"),
  );
  await rename(join(folder, "new.key"), join(folder, "key.pem"));
  await rename(join(folder, "new.pem"), join(folder, "cert.pem"));
}

describe("https with an authority of one's own", () => {
  let server;
  let folder;
  let ca;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "comutiny-https-"));
    authority(folder);
    await certify(folder, 1);
    ca = await readFile(join(folder, "ca.pem"));
    server = await Server.start({
      TLS_CERT: join(folder, "cert.pem"),
      TLS_KEY: join(folder, "key.pem"),
      TLS_RELOAD_MS: "100",
      LOG: "info",
    });
    server.url = `https://localhost:${server.port}`;
  });
  after(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** One request; the certificate it met comes with the answer. */
  async function get(path, options = {}) {
    const request = https.get(server.url + path, { ca, agent: false, ...options });
    const [answer] = await once(request, "response");
    const { subject } = answer.socket.getPeerCertificate();
    let body = "";
    for await (const chunk of answer.setEncoding("utf8")) body += chunk;
    return { status: answer.statusCode, headers: answer.headers, body, subject: subject.CN };
  }

  /** Asks until an answer fits, as a host does who waits for a certificate. */
  async function until(fits, path = "/health") {
    for (;;) {
      const answer = await get(path);
      if (fits(answer)) return answer;
    }
  }

  for (const transports of [["websocket"], ["polling"], ["polling", "websocket"]]) {
    test(`official clients play over ${transports.join(" and ")}`, async () => {
      const [ann, ben] = await Promise.all(
        ["ann", "ben"].map((id) => player(server, `${id}-${transports.length}-${transports[0]}`, { transports, ca })),
      );
      try {
        for (let x = 1; x <= 200; x += 1) ann.emit("player:update", { position: { x, y: 0, z: 0 } });
        await event(ben, "player:updated", ({ position }) => position.x === 200);
        // Larger than a TLS record, and than what the system takes at once.
        const note = "x".repeat(3000);
        for (let n = 0; n < 50; n += 1) {
          const answer = await ask(ben, "player:update", { metadata: { note: `${n}${note}` } });
          assert.equal(answer.ok, true, answer.message);
        }
        await event(ann, "player:updated", ({ metadata }) => metadata.note === `49${note}`);
        await barrier(ann, ben);
        assert.equal(count(ben, "player:joined", ({ id }) => id === ben.joined.player.id), 0);
      } finally {
        ann.disconnect();
        ben.disconnect();
      }
    });
  }

  test("the pages and the banner say https", async () => {
    const page = await get("/");
    assert.equal(page.status, 200);
    assert.match(page.headers["content-type"], /text\/html/);
    const lines = server.output();
    assert.match(lines, new RegExp(`Players\\s+https://play\\.example\\.org:${server.port}/`));
    assert.match(lines, new RegExp(`https://play\\.example\\.org:${server.port}/admin/#setup=`));
    assert.doesNotMatch(lines, /Players\s+http:/);
  });

  test("a link without its s leads there", async () => {
    const headers = { host: `play.example.org:${server.port}` };
    const request = http.get({ port: server.port, path: "/#x", headers, agent: false });
    const [answer] = await once(request, "response");
    answer.resume();
    assert.equal(answer.statusCode, 307);
    assert.equal(answer.headers.location, `https://play.example.org:${server.port}/`);
  });

  test("who does not know the authority is told by their own client", async () => {
    const stranger = client(server, { transports: ["websocket"], ca: undefined });
    const [error] = await once(stranger, "connect_error");
    assert.match(String(error.description?.message ?? error.message), /websocket error|certificate/i);
    stranger.disconnect();
  });

  test("a renewed certificate is met by the next who comes, and nobody is disturbed", async () => {
    const ann = await player(server, "renewal-ann", { transports: ["websocket"], ca });
    await certify(folder, 2);
    await until(({ subject }) => subject === "world 2");
    const ben = await player(server, "renewal-ben", { transports: ["websocket"], ca });
    await barrier(ann, ben);
    assert.equal(ann.connected, true);
    ann.disconnect();
    ben.disconnect();
  });

  test("a broken file changes nothing but what is said", async () => {
    await copyFile(join(folder, "cert.pem"), join(folder, "good.pem"));
    await writeFile(join(folder, "cert.pem"), "half a fi");
    const told = await until(({ body }) => JSON.parse(body).checks.certificate === "degraded");
    assert.equal(told.subject, "world 2");
    assert.match(server.output(), /TLS_CERT names .* in which there is no certificate in PEM form/);
    await rename(join(folder, "good.pem"), join(folder, "cert.pem"));
    await until(({ body }) => JSON.parse(body).checks.certificate === "ok");
  });
});
