import { expect, test } from "vitest";
import { pastOf } from "./past";

test("a person's past is one story, the newest first", () => {
  const by = { id: "u", name: "Sofie" };
  const ban = {
    type: "ban",
    id: "b",
    kind: "guest",
    subject: "s",
    subjectName: null,
    reason: "Spam",
    until: null,
    createdBy: by,
    createdAt: "2025-01-02T00:00:00Z",
    liftedAt: null,
    active: true,
  } as const;
  const past = pastOf({ sanctions: [ban], warnings: [{ at: "2025-01-03T00:00:00Z", message: "Stop", by }] });
  expect(past.map(({ kind, words }) => `${kind} ${words}`)).toEqual(["warning Stop", "ban Spam"]);
});
