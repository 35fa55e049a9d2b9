// Script time per frame out of a Chromium trace.

/** What counts as script on the page's main thread: calls into JavaScript and the collection of its garbage. */
const SCRIPT = new Set(["FunctionCall", "RunMicrotasks", "EvaluateScript", "MinorGC", "MajorGC", "V8.GCScavenger"]);

/**
 * Milliseconds of script between one animation frame and the next: `{wall, cpu}`, a list each. The two differ by what
 * other programs took of the processor meanwhile.
 */
export function scriptPerFrame(events) {
  const frames = events.filter(({ name }) => name === "FireAnimationFrame");
  const thread = busiest(frames);
  const mine = events.filter((it) => it.ph === "X" && `${it.pid} ${it.tid}` === thread);
  const starts = mine.filter(({ name }) => name === "FireAnimationFrame").map(({ ts }) => ts).sort((a, b) => a - b);
  const script = outermost(mine.filter(({ name }) => SCRIPT.has(name)));
  const wall = starts.map(() => 0);
  const cpu = starts.map(() => 0);
  let frame = 0;
  for (const { ts, dur, tdur } of script) {
    while (frame + 1 < starts.length && starts[frame + 1] <= ts) frame += 1;
    if (ts < starts[0]) continue;
    wall[frame] += dur / 1000;
    cpu[frame] += (tdur ?? dur) / 1000;
  }
  // The first and the last frame are cut off by the trace.
  return { wall: wall.slice(1, -1), cpu: cpu.slice(1, -1) };
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The thread with the most of them. */
function busiest(events) {
  const counts = new Map();
  for (const { pid, tid } of events) counts.set(`${pid} ${tid}`, (counts.get(`${pid} ${tid}`) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Calls inside calls are counted once. */
function outermost(events) {
  const kept = [];
  let end = -Infinity;
  for (const event of [...events].sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    if (event.ts < end) continue;
    kept.push(event);
    end = event.ts + event.dur;
  }
  return kept;
}
