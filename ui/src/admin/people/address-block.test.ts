import { describe, expect, test } from "vitest";
import { session } from "../feed/scripted";
import { readBlock, sessionsIn } from "./address-block";

describe("what was typed", () => {
  const reads = (typed: string, text: string, addresses: number | null) => {
    const read = readBlock(typed);
    if (read.kind !== "block") throw new Error(`${typed} is ${read.kind}`);
    expect([read.block.text, read.block.addresses]).toEqual([text, addresses]);
  };
  test("is one address, or a block of them", () => {
    reads("203.0.113.7", "203.0.113.7", 1);
    reads(" 203.0.113.0 / 24 ", "203.0.113.0/24", 256);
    reads("10.0.0.0/8", "10.0.0.0/8", 2 ** 24);
    reads("2001:db8::/48", "2001:db8::/48", null);
  });
  test("bits behind the prefix do not count", () => reads("203.0.113.77/25", "203.0.113.0/25", 128));
  test("one IPv6 address stands for its network, as does any part of one", () => {
    reads("2001:db8:1:2:3::4", "2001:db8:1:2::/64", null);
    reads("2001:db8:1:2::/80", "2001:db8:1:2::/64", null);
  });
  test("IPv4 in the clothes of IPv6 is IPv4", () => {
    reads("::ffff:203.0.113.7", "203.0.113.7", 1);
    reads("::ffff:10.0.0.0/104", "10.0.0.0/8", 2 ** 24);
  });
  test("nothing is nothing yet", () => expect(readBlock("  ")).toEqual({ kind: "empty" }));
  test.each([
    "203.0.113",
    "203.0.113.256",
    "010.0.0.1",
    "0x7f.1",
    "203.0.113.0/33",
    "203.0.113.0/",
    "203.0.113.0/-1",
    "203.0.113.0/24/8",
    "2001:db8::/129",
    "::ffff:10.0.0.0/90",
    "fe80::1%eth0",
    "example.org",
  ])("%s is no address", (typed) => expect(readBlock(typed)).toEqual({ kind: "wrong" }));
  test("most of the internet is too much", () => {
    expect(readBlock("0.0.0.0/0")).toEqual({ kind: "too-wide", widest: 8 });
    expect(readBlock("2000::/3")).toEqual({ kind: "too-wide", widest: 16 });
  });
});

test("a ban of an address hits who is there now, and spares staff", () => {
  const people = [
    session("ana", { address: "203.0.113.7" }),
    session("bo", { address: "203.0.114.7" }),
    session("mo", { address: "203.0.113.9", kind: "account", role: "moderator" }),
    session("vi", { address: "203.0.113.10", kind: "account", role: "viewer" }),
    session("six", { address: "2001:db8::7" }),
  ];
  const ids = (typed: string) => {
    const read = readBlock(typed);
    if (read.kind !== "block") throw new Error(typed);
    const { hit, spared } = sessionsIn(read.block, people);
    return [hit.map(({ id }) => id), spared.map(({ id }) => id)];
  };
  expect(ids("203.0.113.0/24")).toEqual([["ana", "vi"], ["mo"]]);
  expect(ids("2001:db8::1")).toEqual([["six"], []]);
  expect(ids("198.51.100.0/24")).toEqual([[], []]);
});
