import { expect, test } from "vitest";
import { momentOf } from "./moment";

test("an address leads to ten minutes on either side of a moment", () => {
  expect(momentOf({ at: "2026-01-01T12:00:00Z", line: "m1" })).toEqual({
    at: "2026-01-01T12:00:00.000Z",
    line: "m1",
    from: "2026-01-01T11:50:00.000Z",
    to: "2026-01-01T12:10:00.000Z",
  });
  expect(momentOf({ at: "yesterday" })).toBeNull();
  expect(momentOf({})).toBeNull();
});
