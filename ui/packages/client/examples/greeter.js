// A bot that greets everybody who comes in. Run: node greeter.js http://localhost:4000
import { enterWorld } from "@comutiny/client";

const [, , address = "http://localhost:4000"] = process.argv;
const bot = await enterWorld(address, {
  name: "Greeter",
  position: { x: 2, z: 2 },
  metadata: { bot: true },
});

bot.on("joined", async ({ player }) => {
  const answer = await bot.say(`Welcome, ${player.name}!`);
  if (!answer.ok) console.error(answer.message);
});
bot.on("ended", ({ ended }) => console.log(ended.message));
console.log(`${bot.player?.name} waits for somebody to come in.`);
