// A page that counts: who is in, and what is said. It looks on and is nobody's player.
import { headCount, WorldClient } from "@comutiny/client";

const show = (id, text) => {
  document.getElementById(id).textContent = text;
};

const client = new WorldClient(location.search.slice(1) || location.origin);
let lines = 0;

function count() {
  show("world", client.mirror.world?.name ?? "…");
  show("people", headCount(client.mirror));
  show("lines", lines);
}

for (const event of ["snapshot", "joined", "left"]) client.on(event, count);
client.on("chat", () => {
  lines += 1;
  count();
});
client.on("state", ({ kind }) => show("state", kind === "live" ? "" : kind));
await client.watch();
