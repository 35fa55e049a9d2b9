import { ScriptedClock } from "@comutiny/client/scripted";
import { describe, expect, it } from "vitest";
import { Silence, type Silenced } from "./silence";

const NOW = Date.parse("2026-01-05T18:00:00Z");

function muted() {
  const clock = new ScriptedClock();
  const shown: (Silenced | null)[] = [];
  const silence = new Silence(
    clock,
    () => NOW + clock.now(),
    (silenced) => shown.push(silenced),
  );
  return { clock, shown, silence };
}

describe("a mute", () => {
  it("ends by itself when its time is over", async () => {
    const { clock, shown, silence } = muted();
    silence.begin({ until: "2026-01-05T18:01:00Z" });
    await clock.pass(59_999);
    expect(silence.current).not.toBeNull();
    await clock.pass(1);
    expect(shown).toEqual([{ until: "2026-01-05T18:01:00Z" }, null]);
  });

  it("without an end lasts until a moderator lifts it", async () => {
    for (const endless of [{}, { until: "whenever" }, { until: "2030-01-05T18:00:00Z" }]) {
      const { clock, shown, silence } = muted();
      silence.begin(endless);
      await clock.pass(3_600_000);
      expect(silence.current).toEqual(endless);
      silence.end();
      expect(shown).toEqual([endless, null]);
    }
  });

  it("that is made longer does not end at the first time", async () => {
    const { clock, silence } = muted();
    silence.begin({ until: "2026-01-05T18:01:00Z" });
    silence.begin({ until: "2026-01-05T18:02:00Z" });
    await clock.pass(60_000);
    expect(silence.current).toEqual({ until: "2026-01-05T18:02:00Z" });
  });

  it("that is over already changes nothing", () => {
    const { shown, silence } = muted();
    silence.begin({ until: "2026-01-05T17:59:00Z" });
    expect(shown).toEqual([]);
  });
});
