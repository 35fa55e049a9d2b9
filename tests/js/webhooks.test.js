// A host makes a webhook in the administration, tries it out, and a receiver is told of a report, signed as the page says.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { english, row, signIn } from "./admin.js";
import { launch } from "./browser.js";
import { ask, player, Server } from "./harness.js";

describe("webhooks", () => {
  let server;
  let browser;
  let page;
  let secret;
  const complaints = [];
  const sockets = [];
  const answers = [];
  const got = [];
  const waiting = [];

  const receiver = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.writeHead(answers.shift() ?? 204).end();
    const told = { headers: request.headers, body };
    const next = waiting.shift();
    if (next) next(told);
    else got.push(told);
  });
  const next = () => (got.length > 0 ? Promise.resolve(got.shift()) : new Promise((resolve) => waiting.push(resolve)));
  const signed = ({ headers, body }) =>
    `v1=${createHmac("sha256", secret).update(`${headers["comutiny-timestamp"]}.${body}`).digest("hex")}`;

  before(async () => {
    await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    server = await Server.start({ WEBHOOK_PRIVATE_HOSTS: "127.0.0.1" });
    const host = await server.account("hana", "host");
    browser = await launch();
    page = await signIn(await english(browser), server, host, complaints, "bots");
    await page.getByText("Webhooks", { exact: true }).click();
  });
  after(async () => {
    for (const socket of sockets) socket.disconnect();
    await browser?.close();
    await server?.stop();
    receiver.closeAllConnections();
    receiver.close();
    assert.deepEqual(complaints, [], "the console stays empty");
  });

  test("an address inside is refused, one that is allowed is taken, and the secret is shown once", async () => {
    await page.getByText(/^No webhooks yet/).waitFor();
    await page.getByRole("button", { name: "New webhook" }).last().click();
    const dialog = page.getByRole("dialog", { name: "New webhook" });
    await dialog.getByLabel("Name").fill("Staff room");
    await dialog.getByLabel("Address").fill("not an address");
    await page.keyboard.press("Enter");
    await dialog.getByText("The address looks like https://example.org/hook.").waitFor();
    assert.match(complaints.pop(), /status of 400/);
    await dialog.getByLabel("Address").fill(`http://127.0.0.1:${receiver.address().port}/hook`);
    await page.keyboard.press("Enter");
    const made = page.getByRole("region", { name: "The secret of Staff room" });
    secret = await made.locator("code").innerText();
    assert.match(secret, /^[0-9a-f]{64}$/);
    await made.getByRole("button", { name: "I have kept it" }).click();
    await made.waitFor({ state: "detached" });
    assert.ok(!(await page.content()).includes(secret));
  });

  test("trying it out says what came of it", async () => {
    answers.push(204, 500);
    const state = row(page, "Staff room").getByText("Nothing taken yet");
    await state.waitFor();
    const tryIt = row(page, "Staff room").getByRole("button", { name: "Try it" });
    await tryIt.click();
    const told = await next();
    assert.equal(told.headers["comutiny-event"], "test");
    assert.equal(told.headers["comutiny-signature"], signed(told));
    await page.getByText("Staff room took it and answered 204.").waitFor();
    await state.waitFor({ state: "detached" });
    await row(page, "Staff room").getByText("Fine", { exact: true }).waitFor();
    await tryIt.click();
    await next();
    await page.getByText("Staff room did not take it. It answered 500.").waitFor();
  });

  test("a report is told, again after a failure, and the page says so", async () => {
    answers.push(503);
    const ada = await player(server, "ada");
    sockets.push(ada, await player(server, "bo"));
    assert.equal((await ask(ada, "player:report", { playerId: "bo", reason: "Shouting." })).ok, true);
    const first = await next();
    const second = await next();
    assert.equal(first.headers["comutiny-id"], second.headers["comutiny-id"]);
    assert.equal(second.headers["comutiny-signature"], signed(second));
    assert.match(JSON.parse(second.body).content, /reported .*Shouting\.$/);
    await page.getByRole("button", { name: "What Staff room was told lately" }).click();
    const told = page.getByRole("listitem").filter({ hasText: "Reports" }).filter({ hasText: "Told, answered 204" });
    await told.waitFor({ timeout: 30_000 });
  });

  test("removing it ends it", async () => {
    await row(page, "Staff room").first().getByRole("button", { name: "Remove" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove the webhook Staff room?" });
    await dialog.getByRole("button", { name: /^Remove/ }).click();
    await page.getByText("The webhook Staff room was removed.").waitFor();
    await page.getByText(/^No webhooks yet/).waitFor();
  });
});
