// No page from elsewhere gets near the commands of the window.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./app.js";
import { opened } from "./windows.js";

test("the window stays on the pages of the program", async () => {
  const it = await opened();
  const { gateway } = await it.state("running");
  for (const elsewhere of [`${gateway}/`, "https://example.org/", "data:text/html,<p>x"]) {
    await it.window.executeScript("location.href = arguments[0]", elsewhere);
  }
  await it.state("running");
  assert.equal(new URL(await it.window.getCurrentUrl()).origin, "null");
  assert.match(await it.window.getCurrentUrl(), /^tauri:\/\/localhost\/admin\/index\.html/);
});

test("the page may neither frame nor load what is not its own", async () => {
  const it = await opened();
  const { gateway } = await it.state("running");
  // Answers once both were refused; a window that refuses neither runs into the time limit.
  const ran = await it.window.executeAsyncScript(
    `const [gateway, done] = arguments;
     const awaited = new Set(["frame-src", "connect-src"]);
     document.addEventListener("securitypolicyviolation", (event) => {
       awaited.delete(event.effectiveDirective);
       if (awaited.size === 0) done(window.ran ?? false);
     });
     const frame = document.createElement("iframe");
     frame.src = gateway + "/";
     document.body.append(frame);
     const script = document.createElement("script");
     script.textContent = "window.ran = true";
     document.body.append(script);
     fetch("http://192.0.2.1/").catch(() => {});`,
    gateway,
  );
  assert.equal(ran, false, "a script in the page ran");
});

test("a command that the window was not given is refused", async () => {
  const it = await opened();
  await assert.rejects(it.invoke("plugin:shell|execute", { program: "id" }), /not allowed|not found/);
  await assert.rejects(it.invoke("plugin:window|close"), /not allowed/);
});

test("only web addresses are opened in the browser", async () => {
  const it = await opened();
  for (const url of ["file:///etc/passwd", "javascript:alert(1)"]) {
    await assert.rejects(it.invoke("link_open", { url }), /Only web addresses/);
  }
});

test("what was copied is on the clipboard", async () => {
  const it = await opened();
  await eventually("the clipboard takes text", () => it.invoke("clipboard_write", { text: "http://192.0.2.7:4000/" }));
});
