// Made the fixtures of version 0.1.0: `COMUTINY_SERVER_BIN=<its binary> node compatibility/record.mjs`. It is kept so
// that a reader can see where they come from; a newer server's answers are no fixture of that version.

import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { Server } from "../harness.js";
import { play, WIRES } from "./play.js";
import { JWT_SECRET, STEPS } from "./story.js";
import { fill, PASSWORD } from "./world.js";

const OUT = fileURLToPath(new URL("v0.1.0/", import.meta.url));
/** A recording has the time to wait until nothing more comes. */
const QUIET_MS = 400;

await mkdir(OUT, { recursive: true });
const quiet = () => new Promise((done) => setTimeout(done, QUIET_MS));

for (const [name, Wire] of Object.entries(WIRES)) {
  const talking = await Server.start({ JWT_SECRET });
  const heard = await play(talking, STEPS, Wire, quiet);
  await talking.stop();
  await writeFile(join(OUT, `${name}.json`), `${JSON.stringify(heard, null, 1)}\n`);
}

const keeping = await Server.start({ JWT_SECRET });
await fill(keeping);
await keeping.end("SIGTERM");
const database = join(keeping.dataDir, "comutiny.sqlite");
await promisify(execFile)("sqlite3", [database, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE; VACUUM;"]);
await copyFile(database, join(OUT, "world.db"));
await keeping.stop();

// And the same world on an empty Postgres of one's own, whose address is given. Its host has removed the sprites that
// come with the program: they would be nearly all of the dump.
const { DATABASE_URL } = process.env;
if (DATABASE_URL) {
  const sharing = await Server.start({ JWT_SECRET, DATABASE_URL });
  await fill(sharing);
  await removeSprites(sharing, ({ name }) => name !== "Grandmother");
  await sharing.end("SIGTERM");
  const dump = ["--inserts", "--rows-per-insert=100", "--no-owner", "--no-privileges", DATABASE_URL];
  const { stdout } = await promisify(execFile)("pg_dump", dump, { maxBuffer: 64 * 1024 * 1024 });
  // `\\restrict` is a word between pg_dump and psql of one version.
  await writeFile(join(OUT, "world.sql"), stdout.replaceAll(/^\\(un)?restrict .*\n/gm, ""));
  await sharing.stop();
}

async function removeSprites(server, which) {
  const { body: host } = await server.ask("POST", "/auth/login", { body: { email: "ada@example.org", password: PASSWORD } });
  const { body } = await server.ask("GET", "/admin/assets/sprites?limit=200", { token: host.token });
  for (const { id } of body.assets.filter(which)) {
    const { status } = await server.ask("DELETE", `/admin/assets/sprites/${id}`, { token: host.token });
    if (status !== 204) throw new Error(`sprite ${id}: ${status}`);
  }
}
