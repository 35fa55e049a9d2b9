// What journeys of operators share: programs beside the server that say nothing when they are ready.

import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";

/** Asks until the answer is there; whoever asks has no event to wait for. */
export async function until(what, answer) {
  for (let tries = 0; tries < 150; tries++) {
    const found = await answer().catch(() => undefined);
    if (found) return found;
    await pause(200);
  }
  assert.fail(`${what} did not come`);
}

/** Ends a program, and waits until it has. */
export async function end(child) {
  child.kill("SIGTERM");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
