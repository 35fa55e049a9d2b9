// What a test opens is closed after it, also when it fails.

import { afterEach } from "node:test";
import { App } from "./app.js";

const open = [];
afterEach(() => Promise.all(open.splice(0).map((it) => it.close())));

/** Closes a program or a client after the test. */
export function closing(it) {
  open.push(it);
  return it;
}

/** The program, as `App.open` starts it. */
export const opened = async (options) => closing(await App.open(options));
