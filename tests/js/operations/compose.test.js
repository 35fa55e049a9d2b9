// What `compose.yaml` promises before anybody starts it: each service finds the others, under addresses that nobody takes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { BlockList } from "node:net";
import { test } from "node:test";

const COMPOSE = new URL("../../../server-core/packaging/compose/", import.meta.url);
const [compose, nginx] = await Promise.all(
  ["compose.yaml", "nginx.conf"].map((name) => readFile(new URL(name, COMPOSE), "utf8")),
);

/** The lines of a service, by its name. */
const services = new Map(
  compose
    .split(/^services:\n/m)[1]
    .split(/^\S/m)[0]
    .split(/^ {2}(?=\S)/m)
    .filter(Boolean)
    .map((text) => [text.slice(0, text.indexOf(":")), text]),
);

/** Its address, where it has one of its own. */
const addressOf = (name) => services.get(name).match(/ipv4_address: ([\d.]+)/)?.[1];

function block(text) {
  const [network, prefix] = text.split("/");
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), "ipv4");
  return list;
}

test("Docker gives no address away that a service needs", () => {
  const [, subnet, range] = compose.match(/\{ subnet: ([\d./]+), ip_range: ([\d./]+) \}/) ?? [];
  assert.ok(subnet && range, "addresses that are given out come from a range of their own");
  const own = [...services.keys()].map(addressOf).filter(Boolean);
  assert.equal(new Set(own).size, own.length);
  for (const address of own) {
    assert.ok(block(subnet).check(address), `${address} is outside of the network`);
    assert.ok(!block(range).check(address), `${address} may be given to another service`);
  }
});

test("nginx knows both nodes by addresses that stay, and they know nginx", () => {
  const upstreams = [...nginx.matchAll(/^ {4}server ([\d.]+):4000 /gm)].map(([, address]) => address);
  assert.deepEqual(upstreams, ["node-a", "node-b"].map(addressOf));
  assert.equal(compose.match(/TRUSTED_PROXIES: (\S+)/)[1], addressOf("nginx"));
});

test("the image that is built here is asked of no registry", () => {
  assert.match(compose, /image: comutiny\n.*\n? +pull_policy: never/);
});
