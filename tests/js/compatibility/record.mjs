// Made the fixtures of version 0.1.0: `COMUTINY_SERVER_BIN=<its binary> node compatibility/record.mjs`. It is kept so
// that a reader can see where they come from; a newer server's answers are no fixture of that version.

import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { Server } from "../harness.js";
import { play } from "./play.js";
import { JWT_SECRET, STEPS } from "./story.js";
import { fill } from "./world.js";

const OUT = fileURLToPath(new URL("v0.1.0/", import.meta.url));
/** A recording has the time to wait until nothing more comes. */
const QUIET_MS = 400;

await mkdir(OUT, { recursive: true });
const quiet = () => new Promise((done) => setTimeout(done, QUIET_MS));

const talking = await Server.start({ JWT_SECRET });
const heard = await play(talking, STEPS, quiet);
await talking.stop();
await writeFile(join(OUT, "exchange.json"), `${JSON.stringify(heard, null, 1)}\n`);

const keeping = await Server.start({ JWT_SECRET });
await fill(keeping);
await keeping.end("SIGTERM");
const database = join(keeping.dataDir, "comutiny.sqlite");
await promisify(execFile)("sqlite3", [database, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE; VACUUM;"]);
await copyFile(database, join(OUT, "world.db"));
await keeping.stop();
