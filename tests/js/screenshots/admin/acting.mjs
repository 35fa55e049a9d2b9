// Dialogs of the administration, each as somebody fills it in.

import { png } from "../../png.js";
import { beginning } from "../../words.mjs";
import { button, dialog, press, TROUBLED } from "./steps.mjs";

/** Opens the webhooks beside the bots. */
const webhooks = (page, text) => page.getByText(text.hooks.title, { exact: true }).click();

export const actingScreens = [
  {
    name: "ban-address",
    view: "sanctions",
    show: (page, { text }) =>
      dialog(page, text.banAddress.open, (box) => box.getByLabel(text.banAddress.label).fill("192.168.1.0/27")),
  },
  {
    name: "ban-address-wrong",
    view: "sanctions",
    show: (page, { text }) =>
      dialog(page, text.banAddress.open, async (box) => {
        await box.getByLabel(text.banAddress.label).fill("192.168.1");
        await page.keyboard.press("Enter");
      }),
  },
  {
    name: "webhooks-new",
    view: "bots",
    show: async (page, { text }) => {
      await webhooks(page, text);
      await dialog(page, text.hooks.add);
    },
  },
  { name: "bots-new", view: "bots", show: (page, { text }) => dialog(page, text.bots.add) },
  {
    name: "bots-token",
    view: "bots",
    show: (page, { text }) =>
      dialog(page, text.bots.add, async (box) => {
        await box.getByLabel(text.newBot.name).fill("Greeter of the evening");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: beginning(text.bots.token.title) }).waitFor();
      }),
  },
  {
    name: "bots-revoke",
    view: "bots",
    show: async (page) => {
      await page.getByRole("row").filter({ hasText: "Word keeper" }).getByRole("button").click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "kick",
    view: TROUBLED,
    show: (page, { text }) =>
      dialog(page, text.act.kick, (box) => box.getByLabel(text.reason.label).fill("Insulting other people in chat")),
  },
  {
    name: "ban",
    view: TROUBLED,
    show: (page, { text }) =>
      dialog(page, text.act.ban, (box) => box.getByText(beginning(text.ban.alsoUsedBy)).waitFor()),
  },
  {
    name: "mute",
    view: TROUBLED,
    show: (page, { text }) =>
      dialog(page, text.act.mute, (box) => box.getByText(text.duration.custom, { exact: true }).click()),
  },
  { name: "warn", view: TROUBLED, show: (page, { text }) => dialog(page, text.act.warn) },
  {
    name: "undo",
    view: TROUBLED,
    async show(page, { text }) {
      await dialog(page, text.act.mute, (box) => box.getByRole("button", { name: text.act.mute }).last().click());
      await button(page, text.undo.verb).waitFor();
    },
  },
  { name: "announce", view: "players", show: press((text) => text.act.announce) },
  {
    name: "kick-all",
    view: "players",
    async show(page, { text }) {
      await button(page, text.players.tableMenu).click();
      await page.getByRole("menuitem", { name: text.act.kickAll }).click();
    },
  },
  { name: "new-account", view: "users", show: press((text) => text.users.add) },
  { name: "sprite-draw", view: "sprites", real: true, show: (page, { text }) => dialog(page, text.sprites.draw) },
  {
    name: "sprite-upload",
    view: "sprites",
    real: true,
    async show(page, { text }) {
      await dialog(page, text.sprites.upload);
      const chooses = page.waitForEvent("filechooser");
      await button(page, text.sprites.choose).click();
      await (await chooses).setFiles({ name: "harbour cat.png", mimeType: "image/png", buffer: png(150, 160) });
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "unsaved",
    view: "settings",
    async show(page, { text }) {
      await page.locator("#setting-world_name").fill("The Long Quay");
      await page.evaluate(() => {
        location.hash = "#/players";
      });
      await page.getByRole("heading", { name: text.unsaved.question }).waitFor();
    },
  },
];
