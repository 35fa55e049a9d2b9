/** What can be said of a run before its report: from the seconds that arrived so far. Pure. */
import type { LoadTestSecond } from "../../contract";

export interface LiveFigures {
  /** Of what was due at receivers, what part has arrived or was replaced by something newer; 0 to 100. */
  readonly arrivedPercent: number | null;
  /** Microseconds of the server's processor for one delivered update, lately. */
  readonly cpuUsPerDelivery: number | null;
  /** What is still missing of updates that were due long enough ago. */
  readonly missing: number;
}

/** Whatever has not arrived after this many seconds counts as missing. */
const PATIENCE = 3;
/** The processor is read over this many seconds: one of them alone jumps. */
const LATELY = 5;

export function liveFigures(seconds: readonly LoadTestSecond[]): LiveFigures {
  const due = sum(seconds, (second) => second.due);
  const arrived = sum(seconds, (second) => second.delivered + second.coalesced);
  const longDue = sum(seconds.slice(0, -PATIENCE), (second) => second.due);
  const late = seconds.slice(-LATELY);
  const delivered = sum(late, (second) => second.delivered);
  const busyUs = sum(late, ({ processes }) => (processes.serverCpuPercent ?? 0) * 1e4);
  return {
    arrivedPercent: due === 0 ? null : Math.min(100, (100 * arrived) / due),
    cpuUsPerDelivery: delivered === 0 || busyUs === 0 ? null : busyUs / delivered,
    missing: Math.max(0, longDue - arrived),
  };
}

function sum(seconds: readonly LoadTestSecond[], of: (second: LoadTestSecond) => number): number {
  return seconds.reduce((total, second) => total + of(second), 0);
}
