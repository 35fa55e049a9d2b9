import { expect, test } from "vitest";
import { report } from "../../feed/scripted";
import { groupAt, groupBeside, groupsOf } from "./groups";

const about = (id: string, minute: number, subject: string, given: Parameters<typeof report>[1] = {}) =>
  report(id, {
    at: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
    target: { playerId: subject, name: subject, person: { kind: "guest", subject }, sessionId: null },
    ...given,
  });

test("reports about one person within ten minutes are one", () => {
  const groups = groupsOf([
    about("5", 30, "bo"),
    about("4", 29, "cy"),
    about("3", 25, "bo"),
    about("2", 16, "bo"),
    about("1", 2, "bo"),
  ]);
  expect(groups.map(({ reports }) => reports.map(({ id }) => id))).toEqual([["5", "3", "2"], ["4"], ["1"]]);
});

test("one that is closed stands for itself, and so does a player nobody knows", () => {
  const unknown = { playerId: "bo", name: "bo", person: null, sessionId: null };
  const groups = groupsOf([
    about("3", 3, "bo"),
    about("2", 2, "bo", { status: "resolved" }),
    about("1", 1, "bo", { target: unknown }),
  ]);
  expect(groups).toHaveLength(3);
});

test("an address names a group by any of its reports", () => {
  const groups = groupsOf([about("3", 3, "bo"), about("2", 2, "bo"), about("1", 1, "cy")]);
  expect(groupAt(groups, "2")?.newest.id).toBe("3");
  expect(groupAt(groups, "gone")?.newest.id).toBe("3");
  expect(groupAt([], "2")).toBeUndefined();
  expect(groupBeside(groups, groups[0], 1)?.newest.id).toBe("1");
  expect(groupBeside(groups, groups[1], 1)?.newest.id).toBe("1");
  expect(groupBeside(groups, groups[0], -1)?.newest.id).toBe("3");
});
