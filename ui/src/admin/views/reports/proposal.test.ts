import { expect, test } from "vitest";
import { proposalFor } from "./proposal";

const warning = { id: "w", at: "", message: "", by: { id: "m", name: "Mo" }, readAt: null };
const mute = { type: "mute" } as Parameters<typeof proposalFor>[0] extends infer R | null
  ? R extends { sanctions: readonly (infer S)[] }
    ? S
    : never
  : never;

test("who did nothing is warned, then muted for a little, then for longer", () => {
  const check = (warnings: number, mutes: number, act: string, minutes: number) =>
    expect(
      proposalFor({ warnings: Array(warnings).fill(warning), sanctions: Array(mutes).fill(mute) }),
    ).toMatchObject({ act, minutes });
  check(0, 0, "warn", 10);
  check(1, 0, "mute", 10);
  check(2, 0, "mute", 60);
  check(0, 1, "mute", 60);
  expect(proposalFor(null).act).toBe("warn");
});
