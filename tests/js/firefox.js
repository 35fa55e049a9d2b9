// Firefox by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), over its own websocket: no driver between.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

const LISTENS = /WebDriver BiDi listening on (ws:\/\/\S+)/;
/** Longest a page may take to become what is waited for, ms. */
const PATIENCE_MS = 60_000;

/** The machine's own Firefox, or Firefox ESR. */
function firefoxBinary() {
  return execFileSync("sh", ["-c", "command -v firefox || command -v firefox-esr"]).toString().trim();
}

/** A browser with a fresh profile. */
export class Firefox {
  static async start() {
    const profile = await mkdtemp(join(tmpdir(), "comutiny-firefox-"));
    const child = spawn(
      firefoxBinary(),
      ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile],
      { env: { ...process.env, HOME: profile, MOZ_DISABLE_CONTENT_SANDBOX: "1" }, stdio: ["ignore", "pipe", "pipe"] },
    );
    const address = await new Promise((resolve, reject) => {
      let output = "";
      const read = (chunk) => {
        output += chunk;
        const found = LISTENS.exec(output);
        if (found) resolve(found[1]);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("exit", () => reject(new Error(`Firefox ended:\n${output}`)));
    });
    const socket = new WebSocket(`${address}/session`);
    await once(socket, "open");
    const firefox = new Firefox(profile, child, socket);
    await firefox.ask("session.new", { capabilities: {} });
    return firefox;
  }

  constructor(profile, child, socket) {
    Object.assign(this, { profile, child, socket, asked: new Map(), last: 0 });
    socket.on("message", (data) => {
      const { id, type, result, error, message } = JSON.parse(data);
      const waiting = this.asked.get(id);
      this.asked.delete(id);
      if (type === "success") waiting?.resolve(result);
      else waiting?.reject(new Error(`${error}: ${message}`));
    });
  }

  ask(method, params) {
    this.last += 1;
    this.socket.send(JSON.stringify({ id: this.last, method, params }));
    return new Promise((resolve, reject) => this.asked.set(this.last, { resolve, reject }));
  }

  /** Somebody else's browser: its own cookies and storage. */
  async person() {
    return (await this.ask("browser.createUserContext", {})).userContext;
  }

  /** A window of this person on this page. */
  async open(person, url) {
    const { context } = await this.ask("browsingContext.create", { type: "window", userContext: person });
    await this.ask("browsingContext.setViewport", { context, viewport: { width: 1280, height: 800 } });
    await this.ask("browsingContext.navigate", { context, url, wait: "complete" });
    return new FirefoxPage(this, context);
  }

  async stop() {
    const exited = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await exited;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class FirefoxPage {
  constructor(firefox, context) {
    Object.assign(this, { firefox, context });
  }

  /** What a function answers in the page; its arguments are text. */
  async evaluate(run, ...texts) {
    const { type, result, exceptionDetails } = await this.firefox.ask("script.callFunction", {
      functionDeclaration: String(run),
      arguments: texts.map((value) => ({ type: "string", value })),
      target: { context: this.context },
      awaitPromise: true,
    });
    if (type === "exception") throw new Error(exceptionDetails.text);
    return result.value;
  }

  /** Waits in the page, change by change, until what matches is to be seen and says these words. */
  see(selector, words = "") {
    return this.evaluate(
      async (css, text, patience) => {
        const seen = () =>
          [...document.querySelectorAll(css)].some(
            (it) => it.getClientRects().length > 0 && (it.textContent.includes(text) || it.value === text),
          );
        await new Promise((resolve, reject) => {
          const late = () => reject(new Error(`not seen: ${css} ${text} in ${document.body.innerText}`));
          const deadline = setTimeout(late, Number(patience));
          const look = () => {
            if (!seen()) return;
            observer.disconnect();
            clearTimeout(deadline);
            resolve();
          };
          const observer = new MutationObserver(look);
          observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
          look();
        });
      },
      selector,
      words,
      `${PATIENCE_MS}`,
    );
  }

  /** Puts the focus there and types; `\uE007` is Enter. */
  async type(selector, text) {
    await this.evaluate((css) => document.querySelector(css).focus(), selector);
    await this.keys([...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]));
  }

  keys(actions) {
    return this.firefox.ask("input.performActions", {
      context: this.context,
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  }

  click(selector) {
    return this.evaluate((css) => document.querySelector(css).click(), selector);
  }
}
