// Getting into the administration, and out of it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { english, fillSignIn, heading, open, signIn } from "./admin.js";
import { accessibilityFaults, launch, visit } from "./browser.js";
import { player, Server } from "./harness.js";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

describe("the first host", () => {
  let server;
  before(async () => {
    server = await Server.start();
  });
  after(() => server.stop());

  test("makes an account with the printed link, which works once", async () => {
    // The link stands below the addresses, so it may come a moment after them.
    const printed = () => /\/admin\/#setup=\S+/.exec(server.output())?.[0];
    while (!printed()) await once(server.child.stdout, "data");
    const link = printed();
    const complaints = [];
    const context = await english(browser);
    const page = await visit(context, server.url + link, complaints);
    await page.getByRole("heading", { name: "This world is yours" }).waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByLabel("Your name").fill("Hana");
    await page.getByLabel("E-mail").fill("hana@example.org");
    await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await page.getByRole("button", { name: "Make the account" }).click();
    await heading(page, "Dashboard").waitFor();
    assert.ok(!page.url().includes("setup="), "the secret leaves the address bar");
    assert.deepEqual(complaints, []);

    const second = await (await english(browser)).newPage();
    await second.goto(server.url + link);
    await second.getByLabel("Your name").fill("Thief");
    await second.getByLabel("E-mail").fill("thief@example.org");
    await second.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await second.getByRole("button", { name: "Make the account" }).click();
    await second.getByRole("alert").waitFor();
    assert.equal(await second.getByLabel("Your name").inputValue(), "Thief", "what was typed stays");
    await second.context().close();
    await context.close();
  });
});

describe("signing in", () => {
  let server;
  let host;
  let moderator;
  let viewer;
  before(async () => {
    server = await Server.start();
    host = await server.account("hana", "host");
    moderator = await server.account("mona", "moderator");
    viewer = await server.account("vito", "viewer");
  });
  after(() => server.stop());

  test("a wrong password is told, and the address stays typed", async () => {
    const context = await english(browser);
    const page = await visit(context, `${server.url}/admin/#/audit`, []);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    await fillSignIn(page, { ...host, password: "not this one" });
    await page.getByRole("alert").waitFor();
    assert.equal(await page.getByLabel("E-mail").inputValue(), host.user.email);
    await fillSignIn(page, host);
    await heading(page, "Audit log").waitFor();
    await context.close();
  });

  test("a player's account is told that it may not look", async () => {
    const user = await server.account("una");
    const context = await english(browser);
    const page = await visit(context, `${server.url}/admin/`, []);
    await fillSignIn(page, user);
    await page.getByRole("alert").waitFor();
    assert.equal(await heading(page, "Dashboard").count(), 0);
    await context.close();
  });

  test("signing out leads back to the form, and the next view asks again", async () => {
    const complaints = [];
    const context = await english(browser);
    const page = await signIn(context, server, host, complaints);
    await page.getByRole("button", { name: /^hana: / }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("an expired session asks again, over the same view with everything that was typed", async () => {
    const guest = await player(server, "patient");
    const context = await english(browser);
    const page = await signIn(context, server, host, [], "players");
    await page.getByRole("row").filter({ hasText: "patient" }).click();
    await page.getByRole("button", { name: "Kick", exact: true }).click();
    await page.getByLabel("Reason").fill("Half a sentence");
    await context.clearCookies();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sign in again" }).waitFor();
    await fillSignIn(page, host);
    await page.getByRole("heading", { name: "Sign in again" }).waitFor({ state: "hidden" });
    assert.equal(await page.getByLabel("Reason").inputValue(), "Half a sentence");
    await page.getByRole("dialog").getByRole("button", { name: /^Kick/ }).click();
    await page.getByText("patient was kicked.").waitFor();
    guest.disconnect();
    await context.close();
  });

  test("a viewer sees why a button is out of reach, and the server refuses as well", async () => {
    const guest = await player(server, "looked-at");
    const complaints = [];
    const context = await english(browser);
    const page = await signIn(context, server, viewer, complaints, "players");
    await page.getByRole("row").filter({ hasText: "looked-at" }).click();
    const kick = page.getByRole("button", { name: "Kick", exact: true });
    assert.equal(await kick.getAttribute("aria-disabled"), "true");
    assert.match(await kick.getAttribute("aria-description"), /Only moderators/);
    await kick.click({ force: true });
    assert.equal(await page.getByRole("dialog").count(), 0);
    const sessions = await server.ask("GET", "/admin/sessions", { token: viewer.token });
    const path = `/admin/sessions/${encodeURIComponent(sessions.body.sessions[0].id)}/kick`;
    assert.equal((await server.ask("POST", path, { token: viewer.token, body: {} })).status, 403);
    for (const view of ["logs", "settings"]) {
      await open(page, view);
      await page.getByText("Only a host sees this.").waitFor();
    }
    assert.deepEqual(complaints, []);
    guest.disconnect();
    await context.close();
  });

  test("a demotion acts at once: the open page loses its buttons, then its view", async () => {
    const context = await english(browser);
    const page = await signIn(context, server, moderator, []);
    const announce = page.getByRole("button", { name: "Announce" });
    assert.notEqual(await announce.getAttribute("aria-disabled"), "true");
    const change = (role) =>
      server.ask("PATCH", `/admin/users/${moderator.user.id}`, { token: host.token, body: { role } });
    assert.equal((await change("viewer")).status, 200);
    await page.getByRole("button", { name: "Announce", disabled: true }).waitFor();
    assert.equal((await change("user")).status, 200);
    await page.getByRole("heading", { name: "Sign in again" }).waitFor();
    await context.close();
  });

  test("a suspended moderator reads why and until when, on the open page and at the door", async () => {
    const suspended = await server.account("suspended", "moderator");
    const context = await english(browser);
    const page = await signIn(context, server, suspended, []);
    const suspensionUntil = new Date(Date.now() + 3_600_000).toISOString();
    const body = { suspensionUntil, suspensionReason: "Shared the staff chat" };
    const path = `/admin/users/${suspended.user.id}`;
    assert.equal((await server.ask("PATCH", path, { token: host.token, body })).status, 200);
    const why = /This account is suspended until .+\. Reason: Shared the staff chat/;
    await page.getByRole("alert").getByText(why).waitFor();
    assert.equal(await page.getByText("Your session has ended").count(), 0);
    await page.reload();
    await page.getByRole("heading", { name: "Sign in", exact: true }).waitFor();
    await page.getByRole("alert").getByText(why).waitFor();
    await fillSignIn(page, suspended);
    await page.getByRole("alert").getByText(why).waitFor();
    await context.close();
  });

  test("a lost connection says so, keeps what is known, and comes back by itself", async () => {
    const context = await english(browser);
    const page = await signIn(context, server, host, []);
    // What is kept has to be there first.
    await page.getByRole("button", { name: "Announce", disabled: false }).waitFor();
    await server.end("SIGKILL");
    await page.getByText(/Connection lost/).first().waitFor();
    await heading(page, "Dashboard").waitFor();
    await page.getByRole("button", { name: "Announce", disabled: true }).waitFor();
    await server.open(server.port);
    await page.getByText(/Connection lost/).first().waitFor({ state: "hidden" });
    await context.close();
  });

  test("what was read stays with the word that it is old while nobody answers, and is read again by itself", async () => {
    const context = await english(browser);
    const page = await signIn(context, server, host, [], "invite");
    const link = page.getByText(`localhost:${server.port}`).first();
    await link.waitFor();
    await server.end("SIGKILL");
    const old = page.getByRole("status").filter({ hasText: /^The server does not answer. What you see is from/ });
    await old.waitFor();
    assert.ok(await link.isVisible());
    await server.open(server.port);
    await old.waitFor({ state: "hidden" });
    await context.close();
  });

  test("a view that was never opened waits for the connection and opens with it", async () => {
    const context = await english(browser);
    const page = await signIn(context, server, host, []);
    await server.end("SIGKILL");
    await page.getByText(/Connection lost/).first().waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Logs" }).first().click();
    await page.getByText("It opens by itself when the connection is back.").waitFor();
    await server.open(server.port);
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await context.close();
  });
});
