// Screenshots of every state of the player page, into artifacts/screenshots/player.
// node screenshots/player.mjs [part of a name ...]; SCREENSHOT_LOCALE and SCREENSHOT_WIDTH as for the administration.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launch } from "../browser.js";
import { Server } from "../harness.js";
import { takePictures } from "./pictures.mjs";
import { devices, playerScreens } from "./screens-player.mjs";
import { openScreen } from "./stage.mjs";

const folder = fileURLToPath(new URL("../artifacts/screenshots/player/", import.meta.url));
const wanted = process.argv.slice(2);
const locale = process.env.SCREENSHOT_LOCALE ?? "en-GB";

async function takePicture(screen, device, name) {
  const shown = await openScreen(screen, { browser, server, device, locale });
  try {
    await shown.settled();
    await shown.page.screenshot({ path: `${folder}${name}.png` });
    console.log(name, ...shown.complaints());
  } finally {
    await shown.close();
  }
}

await mkdir(folder, { recursive: true });
const server = await Server.start({ WORLD_NAME: "The Quay" });
const browser = await launch();
try {
  await takePictures(playerScreens, devices, wanted, takePicture);
} finally {
  await browser.close();
  await server.stop();
}
