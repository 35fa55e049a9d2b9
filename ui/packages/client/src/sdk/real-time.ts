/** The clock and the timers of the platform; browsers and Node have the same. */
import type { Scheduler } from "./update-throttle.js";

export const REAL_TIME: Scheduler = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
