import { expect, test } from "vitest";
import { obstacle } from "./action-items";

test("who is gone can be banned but not kicked", () => {
  const gone = {
    name: "A",
    playerId: "a",
    sessionId: null,
    person: { kind: "guest", subject: "x" },
  } as const;
  expect([obstacle("kick", gone), obstacle("ban", gone)]).toEqual(["gone", null]);
  expect(obstacle("ban", { ...gone, person: null })).toBe("unknown");
});
