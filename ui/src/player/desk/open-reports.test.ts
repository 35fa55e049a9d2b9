import type { Answer } from "@comutiny/client";
import type { Report } from "@comutiny/client/declarations";
import { settle } from "@comutiny/client/scripted";
import { expect, it } from "vitest";
import { OpenReports } from "./open-reports";

const about = (playerId: string) => ({ target: { playerId } }) as Report;

it("counts by player, keeps what it knows while the server does not answer, and shows none at the end", async () => {
  const answers: Answer<readonly Report[]>[] = [
    { ok: true, value: [about("b"), about("c"), about("b")] },
    { ok: false, code: "no-answer", message: "" },
    { ok: true, value: [] },
  ];
  const shown: (readonly (readonly [string, number])[])[] = [];
  const due: (() => void)[] = [];
  const watch = new OpenReports({
    moderation: { openReports: async () => answers.shift() ?? { ok: true, value: [about("late")] } },
    after: (_, run) => due.push(run),
    onKnown: (counts) => shown.push([...counts]),
  });
  const again = () => {
    due.shift()?.();
    return settle();
  };
  await settle();
  const first = [
    ["b", 2],
    ["c", 1],
  ] as const;
  expect(shown).toEqual([first]);
  await again();
  expect(shown).toEqual([first]);
  await again();
  expect(shown).toEqual([first, []]);
  watch.stop();
  await again();
  expect([shown.length, due]).toEqual([3, []]);
});
