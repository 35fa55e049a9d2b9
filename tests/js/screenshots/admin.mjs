// Screenshots of every view and state of the administration, wide and on a phone, light and dark, into
// artifacts/screenshots/admin-LANGUAGE. node screenshots/admin.mjs [part of a name ...]; SCREENSHOT_LOCALE=es-ES for
// another language than English, SCREENSHOT_WIDTH=1440 for a wider window than 1280.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fillSignIn } from "../admin.js";
import { launch, visit } from "../browser.js";
import { Server } from "../harness.js";
import { startScripted } from "../scripted/server.js";
import { adminWordsFor } from "../words.mjs";
import { takePictures } from "./pictures.mjs";
import { adminScreens, devices } from "./screens-admin.mjs";
import { settle } from "./stage.mjs";

const wanted = process.argv.slice(2);
const locale = process.env.SCREENSHOT_LOCALE ?? "en-GB";
const text = adminWordsFor(locale);
const folder = fileURLToPath(new URL(`../artifacts/screenshots/admin-${locale.slice(0, 2)}/`, import.meta.url));

let real = null;

/** The real server with a host in it; started when a screen first needs it. */
async function realServer() {
  if (real) return real;
  const server = await Server.start({ WORLD_NAME: "The Quay" });
  real = { server, host: await server.account("sofie", "host") };
  return real;
}

async function takePicture(screen, device, name) {
  const { server, host } = screen.real ? await realServer() : {};
  const scripted = screen.real ? null : await startScripted({ signedIn: screen.signedIn ?? true, ...screen.world });
  if (scripted) screen.before?.(scripted);
  const context = await browser.newContext({ locale, reducedMotion: "reduce", ...device });
  context.setDefaultTimeout(20_000);
  const complaints = [];
  try {
    const hash = screen.hash ?? `#/${screen.view}`;
    const page = await visit(context, `${(scripted ?? server).url}/admin/${hash}`, complaints);
    if (host) await fillSignIn(page, host, text);
    await page.getByRole("heading").first().waitFor();
    await page.evaluate(settle);
    const stage = { text, server: scripted };
    await screen.show?.(page, stage);
    if (!screen.loading) await page.getByRole("status", { name: text.state.loading }).first().waitFor({ state: "detached" });
    await page.evaluate(settle);
    await page.screenshot({ path: `${folder}${name}.png`, timeout: 60_000 });
    await screen.after?.(page, stage);
    const allowed = screen.complaints ?? [];
    console.log(name, ...complaints.filter((line) => !allowed.some((it) => it.test(line))));
  } finally {
    await context.close();
    await scripted?.stop();
  }
}

await mkdir(folder, { recursive: true });
const browser = await launch();
try {
  await takePictures(adminScreens, devices, wanted, takePicture);
} finally {
  await browser.close();
  await real?.server.stop();
}
