// What a file of journeys has for all its tests: one real server and one browser.

import { after } from "node:test";
import { launch } from "./browser.js";
import { Server } from "./harness.js";

/** Both end after the last test of the file. `env` goes to the server. */
export async function startJourney(env = {}) {
  const server = await Server.start(env);
  const browser = await launch();
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return { server, browser };
}
