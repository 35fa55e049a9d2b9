// A flood of 1000 wrong logins, 50 at once, in a thread of its own; part of figures.js.

import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

const agent = new Agent({ keepAlive: true, maxSockets: 50 });
const body = JSON.stringify({ email: "victim@example.org", password: "wrong horse battery" });
const headers = { "content-type": "application/json", "content-length": body.length };

const attempt = () =>
  new Promise((resolve, reject) => {
    const call = request(`${workerData}/auth/login`, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode));
    });
    call.on("error", reject);
    call.end(body);
  });

const statuses = {};
for (const status of await Promise.all(Array.from({ length: 1000 }, attempt))) {
  statuses[status] = (statuses[status] ?? 0) + 1;
}
agent.destroy();
parentPort.postMessage(statuses);
