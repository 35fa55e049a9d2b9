// What loading a page costs on the wire, from the real program: each form of each file, and answers in JSON.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Server } from "./harness.js";

/** Undoes a form. */
const PLAIN = { br: brotliDecompressSync, gzip: gunzipSync, undefined: (bytes) => bytes };

/** One request as it is on the wire, undecoded. */
async function get(server, path, headers = {}) {
  const request = http.get(`http://127.0.0.1:${server.port}${path}`, { agent: false, headers });
  const [answer] = await once(request, "response");
  const parts = await answer.toArray();
  return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts) };
}

/** The files that a page names and loads before it shows something, its fonts and its language aside. */
async function weight(server, page, takes) {
  const headers = { "accept-encoding": takes };
  const first = await get(server, page, headers);
  const html = PLAIN[first.headers["content-encoding"]](first.bytes).toString();
  const files = [...html.matchAll(/(?:src|href)="(\/ui\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path);
  assert.ok(files.length > 1, html);
  const answers = await Promise.all(files.map((path) => get(server, path, headers)));
  return [first, ...answers].reduce((sum, { bytes }) => sum + bytes.length, 0);
}

describe("a server with its pages", () => {
  let server;
  let script;
  before(async () => {
    server = await Server.start();
    const { bytes } = await get(server, "/");
    [, script] = /src="(\/ui\/assets\/[^"]+\.js)"/.exec(bytes.toString());
  });
  after(() => server.stop());

  test("every form of a file says the same, under a tag of its own, and is not sent twice", async () => {
    const plain = await get(server, script);
    assert.equal(plain.headers["content-encoding"], undefined);
    const tags = new Set([plain.headers.etag]);
    for (const form of ["br", "gzip"]) {
      const answer = await get(server, script, { "accept-encoding": form });
      assert.equal(answer.headers["content-encoding"], form);
      assert.equal(answer.headers.vary.toLowerCase(), "accept-encoding");
      assert.equal(answer.headers["content-type"], plain.headers["content-type"]);
      assert.equal(answer.headers["cache-control"], "public, max-age=31536000, immutable");
      assert.deepEqual(PLAIN[form](answer.bytes), plain.bytes);
      tags.add(answer.headers.etag);
      const again = await get(server, script, { "accept-encoding": form, "if-none-match": answer.headers.etag });
      assert.deepEqual([again.status, again.bytes.length, again.headers.etag], [304, 0, answer.headers.etag]);
    }
    assert.equal(tags.size, 3);
    assert.equal((await get(server, `${script}.br`)).status, 404, "a form is no file of its own");
  });

  test("a page that has not changed is not sent again", async () => {
    for (const path of ["/", "/admin/"]) {
      const { headers } = await get(server, path, { "accept-encoding": "gzip" });
      assert.match(headers["content-security-policy"], /default-src 'self'/);
      const again = await get(server, path, { "accept-encoding": "gzip", "if-none-match": headers.etag });
      assert.deepEqual([again.status, again.bytes.length], [304, 0], path);
      const other = await get(server, path, { "if-none-match": headers.etag });
      assert.equal(other.status, 200, "a client that takes another form");
    }
  });

  test("what loading a page costs stays within its bounds", async (context) => {
    const bounds = { "/": { br: 87_000, gzip: 99_000 }, "/admin/": { br: 255_000, gzip: 292_000 } };
    for (const [page, forms] of Object.entries(bounds)) {
      const whole = await weight(server, page, "identity");
      for (const [form, most] of Object.entries(forms)) {
        const cost = await weight(server, page, form);
        context.diagnostic(`${page} in ${form}: ${cost} bytes of ${whole}`);
        assert.ok(cost < most, `${page} in ${form}: ${cost} bytes`);
      }
    }
  });

  test("long answers in JSON are compressed, and short ones and events are not", async () => {
    const takes = { "accept-encoding": "gzip, deflate, br" };
    const long = await get(server, "/openapi.json", takes);
    assert.equal(long.headers["content-encoding"], "gzip");
    assert.match(long.headers.vary, /accept-encoding/i);
    assert.equal(JSON.parse(gunzipSync(long.bytes)).openapi, "3.1.0");
    assert.ok(long.bytes.length < (await get(server, "/openapi.json")).bytes.length / 4);
    for (const path of ["/ready", "/nothing", "/socket.io/?EIO=4&transport=polling"]) {
      assert.equal((await get(server, path, takes)).headers["content-encoding"], undefined, path);
    }
  });

  test("the client for other pages is compressed as well", async () => {
    const answer = await get(server, "/socket.io/socket.io.min.js", { "accept-encoding": "gzip" });
    assert.equal(answer.headers["content-encoding"], "gzip");
    assert.match(gunzipSync(answer.bytes).toString(), /Socket\.IO/);
  });
});
