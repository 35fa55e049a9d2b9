// The real window of the desktop program, driven over WebDriver. `run.sh` beside this file brings the screen, the
// session bus and the program built with scripted dialogs.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Builder, By, Capabilities, until } from "selenium-webdriver";
import { freePort } from "../ports.js";

const BIN = process.env.COMUTINY_DESKTOP_BIN;
/** What a person may wait for, ms. */
const PATIENCE = 60_000;

const apps = new Set();
process.on("exit", () => {
  for (const app of apps) {
    app.driver?.kill("SIGKILL");
    const pid = app.pid();
    if (pid) process.kill(pid, "SIGKILL");
    rmSync(app.home, { recursive: true, force: true });
  }
});

/** The program with a home and a world of its own. `close` ends it; `again` starts it over the same world. */
export class App {
  /**
   * `app` and `server` are the texts of the two settings files; a function is given the home. `usual` leaves `DATA_DIR`
   * out, as for somebody who just installed the program. `before` is run when everything is in place.
   */
  static async open({ env = {}, app, server, usual = false, before } = {}) {
    const home = await mkdtemp(join(tmpdir(), "comutiny-desktop-"));
    const it = new App(home, env, usual);
    await mkdir(it.dataDir, { recursive: true });
    await mkdir(dirname(it.appFile), { recursive: true });
    if (app !== undefined) await writeFile(it.appFile, typeof app === "function" ? app(home) : app);
    if (server !== undefined) await writeFile(it.file("comutiny.toml"), server);
    await before?.(it);
    await it.start();
    return it;
  }

  constructor(home, env, usual) {
    const own = "org.comutiny.desktop";
    this.home = home;
    this.dataDir = usual ? join(home, ".local", "share", own) : join(home, "world");
    this.appFile = usual ? join(home, ".config", own, "desktop.toml") : this.file("desktop.toml");
    this.answers = join(home, "answers");
    this.env = usual ? { ...env, DATA_DIR: "" } : env;
    apps.add(this);
  }

  file(name) {
    return join(this.dataDir, name);
  }

  /** What the process is started with. */
  environment() {
    const { PATH, DISPLAY, DBUS_SESSION_BUS_ADDRESS, XAUTHORITY } = process.env;
    return {
      PATH,
      DISPLAY,
      DBUS_SESSION_BUS_ADDRESS,
      ...(XAUTHORITY && { XAUTHORITY }),
      HOME: this.home,
      LANG: "C.UTF-8",
      DATA_DIR: this.dataDir,
      SERVER_HOST: "127.0.0.1",
      SERVER_PORT: "0",
      COMUTINY_DIALOG_ANSWERS: this.answers,
      TAURI_AUTOMATION: "true",
      TAURI_WEBVIEW_AUTOMATION: "true",
      ...this.env,
    };
  }

  async start() {
    const port = await freePort();
    this.driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
      env: this.environment(),
      stdio: "ignore",
    });
    const address = `http://127.0.0.1:${port}/`;
    await eventually("WebKitWebDriver answers", async () => (await fetch(`${address}status`)).ok);
    const wanted = new Capabilities()
      .set("webkitgtk:browserOptions", { binary: BIN, args: [] })
      .setBrowserName("wry");
    this.window = await new Builder().withCapabilities(wanted).usingServer(address).build();
    this.process = this.pid();
  }

  /** The program's process, a child of the driver's. */
  pid() {
    try {
      const children = readFileSync(`/proc/${this.driver.pid}/task/${this.driver.pid}/children`, "utf8");
      return Number(children.trim().split(" ")[0]) || null;
    } catch {
      return null;
    }
  }

  /** Answers the next dialogs of the system: a path, `yes`, or `` for "changed my mind". */
  async answer(...lines) {
    await writeFile(this.answers, `${lines.join("\n")}\n`);
  }

  /** A command of the program, as its page calls it. */
  async invoke(command, given = {}) {
    const answer = await this.window.executeAsyncScript(
      `const [command, given, done] = arguments;
       window.__TAURI_INTERNALS__.invoke(command, given).then((ok) => done({ ok }), (error) => done({ error }));`,
      command,
      given,
    );
    if ("error" in answer) throw new Error(JSON.stringify(answer.error));
    return answer.ok;
  }

  /** Waits for a state of the server. */
  async state(kind) {
    let state;
    await eventually(`the server is ${kind}`, async () => {
      state = await this.invoke("host_state");
      if (state.kind !== kind) throw new Error(`it is ${JSON.stringify(state)}`);
      return true;
    });
    return state;
  }

  /** A server to connect clients to, as `harness.js` expects one. */
  async server() {
    const { gateway, port } = await this.state("running");
    return { url: gateway, port };
  }

  /** A button or link by its words. */
  button(words) {
    const said = JSON.stringify(words);
    const path = `//*[self::button or self::a or @role="menuitem"][normalize-space()=${said} or @aria-label=${said}]`;
    return this.window.wait(until.elementLocated(By.xpath(path)), PATIENCE, `no button "${words}"`);
  }

  /** A field by its label. */
  field(label) {
    const path = `//*[@id=//label[normalize-space()=${JSON.stringify(label)}]/@for]`;
    return this.window.wait(until.elementLocated(By.xpath(path)), PATIENCE, `no field "${label}"`);
  }

  /** Shows a view of the administration. */
  go(view) {
    return this.window.executeScript("location.hash = `#/${arguments[0]}`", view);
  }

  /** Clicks what an XPath finds. */
  async press(path) {
    const found = await this.window.wait(until.elementLocated(By.xpath(path)), PATIENCE, `no ${path}`);
    await found.click();
  }

  async click(words) {
    const button = await this.button(words);
    await this.window.wait(until.elementIsVisible(button), PATIENCE);
    await this.window.executeScript("arguments[0].click()", button);
  }

  /** Everything that is written in the window. */
  text() {
    return this.window.executeScript("return document.body.innerText");
  }

  /** Waits until words stand in the window. */
  async see(words) {
    await eventually(`the window says "${words}"`, async () => (await this.text()).includes(words));
  }

  /** Waits until words are gone. */
  async gone(words) {
    await eventually(`the window no longer says "${words}"`, async () => !(await this.text()).includes(words));
  }

  /** The newest log file. */
  log() {
    return readFile(join(this.dataDir, "logs", "comutiny.log"), "utf8");
  }

  files() {
    return readdir(this.dataDir);
  }

  /** Waits until the program has ended by itself. */
  async ended() {
    await eventually("the program has ended", () => !existsSync(`/proc/${this.process}`) || isZombie(this.process));
    this.driver.kill();
    await once(this.driver, "exit");
  }

  async quit() {
    if (this.driver.exitCode !== null || this.driver.signalCode !== null) return;
    await this.window.quit().catch(() => {});
    await this.ended();
  }

  /** Ends the program and starts it over the same world. */
  async again() {
    await this.quit();
    await this.start();
  }

  async close() {
    await this.quit();
    // The page's processes may write for a moment longer.
    await rm(this.home, { recursive: true, force: true, maxRetries: 10 });
    apps.delete(this);
  }
}

function isZombie(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.startsWith("Z") ?? true;
  } catch {
    return true;
  }
}

/**
 * Asks again until it holds; what was wrong in the end is in the error. WebDriver, files and processes tell nobody that
 * they changed, so this asks every 50 ms.
 */
export async function eventually(what, holds) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    let wrong = "it is not so";
    try {
      if (await holds()) return;
    } catch (error) {
      wrong = error.message;
    }
    if (Date.now() > end) throw new Error(`It never came to this: ${what} (${wrong}).`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
