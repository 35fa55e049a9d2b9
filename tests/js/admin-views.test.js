// Every view of the administration: accessible, quiet in the console, unharmed by hostile names, in two languages.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { about, english, heading, open, row, signIn, VIEWS } from "./admin.js";
import { accessibilityFaults, launch } from "./browser.js";
import { ask, player, Server } from "./harness.js";

const HOSTILE = {
  markup: '<img src=x onerror="alert(1)"><script>alert(2)</script>',
  bidi: "\u202Eniam\u202C الاسم العربي",
  long: "W".repeat(500),
  formula: "=1+1",
};

describe("the views of the administration", () => {
  let server;
  let browser;
  let host;
  const sockets = [];

  before(async () => {
    server = await Server.start();
    host = await server.account("hana", "host");
    for (const [id, name] of Object.entries(HOSTILE)) {
      const socket = await player(server, id);
      await ask(socket, "player:update", { name });
      await ask(socket, "chat:message", { content: name });
      sockets.push(socket);
    }
    await ask(sockets[0], "player:report", { playerId: "long", reason: HOSTILE.markup });
    browser = await launch();
  });
  after(async () => {
    for (const socket of sockets) socket.disconnect();
    await browser?.close();
    await server?.stop();
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing on any view (${colorScheme})`, async () => {
      const complaints = [];
      const context = await english(browser, { colorScheme, reducedMotion: "reduce" });
      const page = await signIn(context, server, host, complaints);
      for (const view of Object.keys(VIEWS)) {
        await open(page, view);
        await page.waitForLoadState("networkidle");
        // What waits for the links would change its colours while they are looked at.
        if (view === "invite") await page.locator("button:enabled", { hasText: "Show on a big screen" }).waitFor();
        assert.deepEqual(await accessibilityFaults(page), [], view);
      }
      await open(page, "players");
      await about(page, "=1+1");
      assert.deepEqual(await accessibilityFaults(page), [], "the drawer");
      await page.keyboard.press("b");
      await page.getByRole("dialog").waitFor();
      assert.deepEqual(await accessibilityFaults(page), [], "the ban dialog");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").waitFor();
      assert.deepEqual(await accessibilityFaults(page), [], "the palette");
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  test("markup, bidi controls, long names and formulas stay data in every list and dialog", async () => {
    const complaints = [];
    const context = await english(browser);
    const page = await signIn(context, server, host, complaints);
    page.on("dialog", (dialog) => {
      complaints.push(`a script ran: ${dialog.message()}`);
      void dialog.dismiss();
    });
    for (const view of ["dashboard", "chat", "reports", "players"]) {
      await open(page, view);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(sideways, false, `${view} is not pushed apart`);
      assert.equal(await page.locator("main img[src=x], main script").count(), 0, view);
    }
    await about(page, HOSTILE.markup);
    for (const key of ["k", "b", "m", "w"]) {
      await page.keyboard.press(key);
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("the drawer about a player speaks no ids until somebody asks for them", async () => {
    const context = await english(browser);
    const page = await signIn(context, server, host, [], "players");
    const drawer = await about(page, "=1+1");
    await drawer.getByText("Round trip").waitFor();
    const id = drawer.locator("details dd").first();
    assert.equal(await id.isVisible(), false);
    await drawer.getByText("Technical details").click();
    await id.waitFor();
    assert.equal(await id.textContent(), "formula");
    await context.close();
  });

  test("a phone shows every view by thumb, nothing hangs over the edge", async () => {
    const complaints = [];
    const context = await english(browser, { viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true });
    const page = await signIn(context, server, host, complaints);
    for (const [view, name] of Object.entries(VIEWS)) {
      const shown = page.getByRole("navigation").getByRole("link", { name });
      if ((await shown.count()) === 0) await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("link", { name }).click();
      await heading(page, name).waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 360, `${view} is ${width} wide`);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("keys alone lead anywhere", async () => {
    const context = await english(browser);
    const page = await signIn(context, server, host, []);
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await row(page, "=1+1").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("=1+1");
    const rows = page.getByRole("row");
    await page.waitForFunction(() => document.querySelectorAll("[role=row]").length === 2);
    assert.equal(await rows.count(), 2, "the head and one player");
    await page.getByRole("grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("complementary", { name: "About =1+1" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "About =1+1" }).waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await context.close();
  });

  test("speaks Spanish to a Spanish browser, and the other language on request", async () => {
    const context = await english(browser, { locale: "es-ES" });
    const page = await context.newPage();
    await page.goto(`${server.url}/admin/`);
    await page.getByLabel("Correo").fill(host.user.email);
    await page.getByLabel("Contraseña", { exact: true }).fill(host.password);
    await page.keyboard.press("Enter");
    await heading(page, "Panel").waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    await page.getByRole("button", { name: /^hana: / }).click();
    await page.getByRole("menuitem", { name: "English" }).click();
    await heading(page, "Dashboard").waitFor();
    await context.close();
  });
});
