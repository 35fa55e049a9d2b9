import type { TFunction } from "i18next";
import { expect, test } from "vitest";
import { action } from "../../feed/scripted";
import { subjectName } from "./action-name";

const t = ((key: string) => key) as unknown as TFunction;
const check = (given: Parameters<typeof action>[1], words: string) =>
  expect(subjectName(t, action("1", given))).toBe(words);

test("an action is about somebody by name, and never about a digest", () => {
  const digest = "6bc3f28b74ae32bd6bc3f28b74ae32bd";
  check({ subject: digest, subjectName: "Bo" }, "Bo");
  check({ subject: digest, subjectName: null }, "audit.aGuest");
  check({ subject: "0198f4c2-7d1e-7000-8000-000000000000", subjectName: null }, "audit.somebody");
  check({ action: "ban.create", subjectName: null, details: { kinds: ["address"] } }, "audit.aNetwork");
  check({ subject: "203.0.113.0/24", subjectName: null }, "203.0.113.0/24");
});

test("an action about a load test is about its clients", () =>
  check(
    { action: "load-test.start", subject: "x", details: { clients: 40, mode: "batch" } },
    "loadtest.subject",
  ));
