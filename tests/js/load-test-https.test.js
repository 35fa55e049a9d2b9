// The load test against a server behind a proxy that speaks https, as operators run it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import tls from "node:tls";
import { Server } from "./harness.js";

const RUN = ["load-test", "--load-clients", "3", "--load-duration-ms", "2000", "--load-update-interval-ms", "100"];

describe("the load test over https", () => {
  let server;
  let proxy;
  let folder;
  let target;
  before(async () => {
    server = await Server.start();
    folder = await mkdtemp(join(tmpdir(), "comutiny-tls-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    execFileSync("openssl", [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
      "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
      "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", key, "-out", cert,
    ], { stdio: "ignore" });
    proxy = tls.createServer({ key: await readFile(key), cert: await readFile(cert) }, (secure) => {
      const plain = net.connect(server.port, "127.0.0.1");
      secure.pipe(plain).pipe(secure);
      secure.on("error", () => plain.destroy());
      plain.on("error", () => secure.destroy());
    });
    await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
    target = `https://localhost:${proxy.address().port}`;
  });
  after(async () => {
    proxy?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("a certificate that this machine trusts lets it run", async () => {
    server.env = { ...server.env, SSL_CERT_FILE: join(folder, "cert.pem") };
    const out = await server.cli([...RUN, "--load-target-url", target, "--json"]).catch((error) => {
      // A busy machine makes a run invalid; its numbers are there all the same.
      if (error.code === 4) return error.stdout;
      throw error;
    });
    const { connections, totals, errors } = JSON.parse(out);
    assert.deepEqual([connections.joined, connections.left, connections.lost], [3, 3, 0]);
    assert.equal(errors.total, 0);
    assert.equal(totals.missing.lastStates, 0);
    assert.ok(totals.acks > 0);
  });

  test("one that it does not trust is named", async () => {
    delete server.env.SSL_CERT_FILE;
    await assert.rejects(server.cli([...RUN, "--load-target-url", target]), ({ code, stderr }) => {
      assert.equal(code, 1);
      assert.match(stderr, /does not speak https with this machine \(.*certificate/i);
      return true;
    });
  });

  test("a server that speaks plain http is named as such", async () => {
    await assert.rejects(
      server.cli([...RUN, "--load-target-url", `https://localhost:${server.port}`]),
      ({ code, stderr }) => {
        assert.equal(code, 1);
        assert.match(stderr, /does not speak https/);
        return true;
      },
    );
  });
});
