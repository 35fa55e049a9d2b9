import { expect, test } from "vitest";
import type { Ban, Mute } from "../contract";
import { pastOf } from "./past";

const by = { id: "mo", name: "Mo" };
const sanction = {
  subject: "x",
  subjectName: null,
  reason: "spam",
  createdBy: by,
  liftedAt: null,
  liftedBy: null,
  active: true,
};
const ban: Ban = { ...sanction, id: "1", kind: "guest", until: null, createdAt: "2025-01-02T00:00:00.000Z" };
const mute: Mute = {
  ...sanction,
  id: "1",
  kind: "guest",
  until: "2025-01-01T00:10:00.000Z",
  createdAt: "2025-01-01T00:00:00.000Z",
  liftedAt: "2025-01-01T00:05:00.000Z",
  liftedBy: { id: "ada", name: "Ada" },
  active: false,
};

test("one story, newest first: lengths, lifts, kicks and whether a warning was read", () => {
  const past = pastOf({
    sanctions: [
      { type: "mute", ...mute },
      { type: "ban", ...ban },
    ],
    warnings: [
      { id: "w2", at: "2025-01-03T00:00:00.000Z", message: "Last time.", by, readAt: null },
      { id: "w1", at: "2024-12-30T00:00:00.000Z", message: "Hello?", by, readAt: "2024-12-30T00:01:00.000Z" },
    ],
    kicks: [{ id: "k", at: "2025-01-01T12:00:00.000Z", reason: "again", by }],
  });
  expect(past.map(({ kind }) => kind)).toEqual(["warning", "ban", "kick", "muteLifted", "mute", "warning"]);
  expect(past).toMatchObject([
    { readAt: null },
    { lengthMs: null, active: true },
    { words: "again", by: "Mo" },
    { by: "Ada" },
    { lengthMs: 600_000, active: false },
    { readAt: "2024-12-30T00:01:00.000Z" },
  ]);
  expect(new Set(past.map(({ key }) => key)).size).toBe(past.length);
});

test("a lift from before names were kept has none", () => {
  const lifted = pastOf({ sanctions: [{ type: "mute", ...mute, liftedBy: null }], warnings: [], kicks: [] });
  expect(lifted.find(({ kind }) => kind === "muteLifted")?.by).toBe("");
});

test("a length is the one that was chosen, however long it took to write it down", () => {
  const day = { ...ban, createdAt: "2025-01-02T00:00:00.007Z", until: "2025-01-03T00:00:00.000Z" };
  const [entry] = pastOf({ sanctions: [{ type: "ban", ...day }], warnings: [], kicks: [] });
  expect(entry).toMatchObject({ lengthMs: 86_400_000 });
});
