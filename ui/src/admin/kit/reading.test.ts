import { expect, test } from "vitest";
import { ApiProblem } from "../api/client";
import { fresh, notRead, type Resource } from "./reading";

const NOON = Date.UTC(2025, 0, 6, 12);
const KNOWN: Resource<string> = { kind: "ready", value: "two bans", ...fresh(NOON) };

/** `after`: `null` when what was read is taken away. */
function check(before: Resource<string>, status: number, after: Resource<string> | null) {
  const failed = { kind: "failed", message: "Why." } as const;
  expect(notRead(before, new ApiProblem("Why.", status, "x"))).toEqual(after ?? failed);
}

test("what was read stays with the word that it is old, while nobody answers or the server cannot", () => {
  const old = { ...KNOWN, trouble: "Why." } as const;
  check(KNOWN, 0, old);
  check(KNOWN, 503, old);
  check(KNOWN, 429, old);
  check(old, 0, old);
  expect(old.readAt).toBe("2025-01-06T12:00:00.000Z");
});

test("a login that ended takes nothing away: the page waits behind the sign-in", () =>
  check(KNOWN, 401, { ...KNOWN, trouble: "Why." } as const));

test("what is gone, or not for this person any more, goes", () => {
  check(KNOWN, 404, null);
  check(KNOWN, 403, null);
});

test("without anything read the reason is all there is", () => {
  check({ kind: "loading" }, 0, null);
  check({ kind: "failed", message: "Before." }, 503, null);
});
