// Walks once around a square of tiles and leaves. Run: node walker.js http://localhost:4000
import { enterWorld } from "@comutiny/client";

const TILES_PER_SECOND = 3;
const STEPS_PER_SECOND = 10;
const CORNERS = [
  [2, 0],
  [2, 2],
  [0, 2],
  [0, 0],
];

const [, , address = "http://localhost:4000"] = process.argv;
const walker = await enterWorld(address, { name: "Walker", metadata: { bot: true } });

let [x, z] = [0, 0];
for (const [toX, toZ] of CORNERS) {
  const steps = Math.ceil((Math.hypot(toX - x, toZ - z) / TILES_PER_SECOND) * STEPS_PER_SECOND);
  const [fromX, fromZ] = [x, z];
  for (let step = 1; step <= steps; step++) {
    [x, z] = [fromX + ((toX - fromX) * step) / steps, fromZ + ((toZ - fromZ) * step) / steps];
    walker.moveTo(x, z);
    await new Promise((go) => setTimeout(go, 1000 / STEPS_PER_SECOND));
  }
}
walker.moveTo(x, z, "idle");

// The answer to the last step is what the others see as well.
const stop = walker.on("updated", () => {
  if (walker.player?.animation !== "idle") return;
  stop();
  console.log(`Back at ${walker.player.position.x}/${walker.player.position.z}.`);
  walker.close();
});
