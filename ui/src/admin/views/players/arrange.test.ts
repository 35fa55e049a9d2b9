import { describe, expect, test } from "vitest";
import type { AdminSession } from "../../contract";
import { session } from "../../feed/scripted";
import { SearchTexts } from "../../people/search-texts";
import { type Arranged, arrange, countSegments, type TableQuery } from "./arrange";

const mapOf = (...sessions: AdminSession[]) => new Map(sessions.map((each) => [each.id, each]));
const byName: TableQuery = { text: "", segment: "inside", sort: { key: "name", descending: false } };
const ids = (arranged: Arranged) => arranged.rows.map(({ id }) => id).join(" ");

const sources = () => ({ texts: new SearchTexts(), moves: new Map() });

function check(sessions: AdminSession[], query: Partial<TableQuery>, expected: string): void {
  expect(ids(arrange(mapOf(...sessions), { ...byName, ...query }, null, false, sources()))).toBe(expected);
}

describe("filter", () => {
  const people = [
    session("1", { name: "Séamus", address: "10.0.0.7" }),
    session("2", { name: "Ana", playerId: "guest-7f21" }),
    session("3", { name: "李雷" }),
  ];
  test("finds plain letters under marks", () => check(people, { text: "seamus" }, "1"));
  test("finds by address and by id", () => {
    check(people, { text: "10.0" }, "1");
    check(people, { text: "7f21" }, "2");
  });
  test("wants every word", () => check(people, { text: "ana 7f" }, "2"));
  test("finds other scripts", () => check(people, { text: "雷" }, "3"));
  test("takes markup as text", () => check(people, { text: "<b>" }, ""));
});

describe("segments", () => {
  const people = [
    session("g"),
    session("a", { kind: "account" }),
    session("b", { kind: "bot" }),
    session("c", { kind: "bot", joined: false }),
    session("w", { joined: false }),
    session("r", { openReports: 1 }),
    session("m", { muted: { id: "1", until: null, reason: "" } }),
  ];
  test("who is inside", () => check(people, { segment: "inside" }, "a g m r"));
  test("who only looks on", () => check(people, { segment: "watching" }, "w"));
  test("bots are among themselves", () => check(people, { segment: "bots" }, "b c"));
  test("who was reported", () => check(people, { segment: "reported" }, "r"));
  test("counts agree with rows", () => {
    const counts = countSegments(mapOf(...people));
    for (const [segment, count] of Object.entries(counts)) {
      const query = { ...byName, segment: segment as TableQuery["segment"] };
      expect(arrange(mapOf(...people), query, null, false, sources()).rows).toHaveLength(count);
    }
  });
});

describe("sorting", () => {
  test("what is unknown stands last both ways", () => {
    const people = [
      session("x", { pingMs: null }),
      session("s", { pingMs: 3 }),
      session("f", { pingMs: 90 }),
    ];
    check(people, { sort: { key: "ping", descending: false } }, "s f x");
    check(people, { sort: { key: "ping", descending: true } }, "f s x");
  });
  test("the newest has been here shortest", () => {
    const people = [
      session("old", { joinedAt: "2025-01-01T00:00:00.000Z" }),
      session("new", { joinedAt: "2025-01-01T05:00:00.000Z" }),
    ];
    check(people, { sort: { key: "since", descending: false } }, "new old");
  });
  test("a newer ping counts", () => {
    const people = mapOf(session("a", { pingMs: 5 }), session("b", { pingMs: 9 }));
    const moves = new Map([["a", { id: "a", pingMs: 40, lastActiveAt: "", position: null }]]);
    const query = { ...byName, sort: { key: "ping", descending: false } } as const;
    expect(ids(arrange(people, query, null, false, { texts: new SearchTexts(), moves }))).toBe("b a");
  });
  test("equals keep one order", () => {
    check([session("b", { name: "x" }), session("a", { name: "x" })], {}, "a b");
  });
});

describe("while the pointer rests on the rows", () => {
  const texts = sources();
  const before = arrange(mapOf(session("a"), session("b"), session("c")), byName, null, false, texts);

  test("nobody moves: who leaves stays as a shade, who comes waits at the end", () => {
    const after = arrange(mapOf(session("aa"), session("b"), session("c")), byName, before, true, texts);
    expect(ids(after)).toBe("a b c aa");
    expect([...after.shades]).toEqual(["a"]);
  });

  test("what is known about a row is the newest", () => {
    const muted = session("b", { warnings: 2 });
    const after = arrange(mapOf(session("a"), muted, session("c")), byName, before, true, texts);
    expect(after.rows[1]).toBe(muted);
  });

  test("afterwards shades are gone and the order is right again", () => {
    const still = arrange(mapOf(session("aa"), session("b"), session("c")), byName, before, true, texts);
    const after = arrange(mapOf(session("aa"), session("b"), session("c")), byName, still, false, texts);
    expect(ids(after)).toBe("aa b c");
    expect(after.shades.size).toBe(0);
  });

  test("another sort counts at once", () => {
    const turned = { ...byName, sort: { key: "name", descending: true } } as const;
    expect(ids(arrange(mapOf(session("a"), session("b")), turned, before, true, texts))).toBe("b a");
  });
});
