// Pictures of every page that only the desktop window has, in both schemes: `./run.sh screenshots.js`. They land in
// tests/js/artifacts/desktop, which git ignores.

import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { App } from "./app.js";

const folder = new URL("../artifacts/desktop/", import.meta.url);
await mkdir(folder, { recursive: true });

async function picture(app, name) {
  await writeFile(new URL(`${name}.png`, folder), await app.window.takeScreenshot(), "base64");
}

const busy = createServer().listen(0, "127.0.0.1");
await once(busy, "listening");

for (const theme of ["light", "dark"]) {
  for (const language of ["en", "es"]) {
    const settings = `theme = "${theme}"\nlanguage = "${language}"\nstart_server = false\n`;
    const app = await App.open({ app: settings, env: { SERVER_PORT: "", SERVER_HOST: "" } });
    const tag = `${theme}-${language}`;
    await app.button(language === "en" ? "Open the world" : "Abrir el mundo");
    await picture(app, `stopped-${tag}`);
    await app.click(language === "en" ? "This computer" : "Este equipo");
    await app.field(language === "en" ? "Port" : "Puerto");
    await picture(app, `computer-${tag}`);
    await app.window.executeScript("document.querySelector('main').scrollTo(0, 1e6)");
    await picture(app, `computer-end-${tag}`);
    await app.window.executeScript(
      "for (const it of document.querySelectorAll('button[aria-expanded=false]')) it.click()",
    );
    await app.see("MAX_PLAYERS".toLowerCase());
    await picture(app, `computer-all-${tag}`);
    await app.close();

    const failing = await App.open({
      app: settings.replace("false", "true"),
      server: "server_prot = 1\n",
      env: { SERVER_PORT: String(busy.address().port) },
    });
    await failing.state("failed");
    await failing.see("server_prot");
    await picture(failing, `broken-${tag}`);
    await failing.click(language === "en" ? "All right" : "De acuerdo");
    await failing.gone(".broken-");
    await failing.window.executeScript("document.querySelector('summary')?.click()");
    await picture(failing, `failed-${tag}`);
    await failing.close();

    const away = await App.open({
      usual: true,
      app: (home) => `data_dir = "${home}/disk/world"\n${settings.replace("false", "true")}`,
    });
    await away.button(language === "en" ? "Choose another folder" : "Elegir otra carpeta");
    await picture(away, `away-${tag}`);
    await away.close();
  }
}
busy.close();
