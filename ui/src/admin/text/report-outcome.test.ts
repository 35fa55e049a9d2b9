import { expect, test } from "vitest";
import { byLanguage, type Dictionary, LANGUAGE_CODES } from "../../languages";
import type { reports as english } from "../../languages/en/admin/reports";
import { outcomeIn, type ReportOutcome, WRITTEN } from "./report-outcome";

const REPORTS = byLanguage(
  import.meta.glob<Dictionary<typeof english>>("../../languages/*/admin/reports.ts", {
    eager: true,
    import: "reports",
  }),
);

test("an outcome is known again in whatever language it was written", () => {
  for (const code of LANGUAGE_CODES) {
    for (const outcome of Object.keys(WRITTEN) as ReportOutcome[]) {
      const word = REPORTS[code].reports.outcome[outcome];
      expect(outcomeIn(word)).toEqual({ outcome, rest: "" });
      expect(outcomeIn(`${word}: Spam: again`)).toEqual({ outcome, rest: "Spam: again" });
    }
  }
});

test("a moderator's own words stay as they are", () => {
  for (const note of ["Talked to both", "Warned them twice", "Banned, then let in", ""]) {
    expect(outcomeIn(note)).toEqual({ outcome: null, rest: note });
  }
});
