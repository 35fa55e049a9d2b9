// Each view as it is on a lively evening, with its tabs and what is opened in it.

import { beginning, filled } from "../../words.mjs";
import { button, press, tab } from "./steps.mjs";

const VIEWS = [
  "dashboard", "players", "chat", "reports", "invite", "users", "sanctions", "bots", "audit", "logs", "settings",
];

const SILENT_NODE = {
  id: "n2", address: "10.0.0.9:4000", players: 61, leaseAgeMs: 12_400, silent: true, lagMs: 1840, version: "0.1.0", self: false,
};

export const viewScreens = [
  ...VIEWS.map((view) => ({ name: view, view })),
  ...["hour", "day", "week"].map((range) => ({
    name: `dashboard-${range}`,
    view: "dashboard",
    show: async (page, { text }) => {
      await page.getByText(text.story.ranges[range], { exact: true }).click();
      await page.getByRole("heading", { name: text.story.endings }).waitFor();
    },
  })),
  { name: "dashboard-crowd", view: "dashboard", world: { players: 900 } },
  {
    name: "dashboard-troubled",
    view: "dashboard",
    world: {
      nodes: [SILENT_NODE],
      server: {
        health: "degraded",
        cluster: "degraded",
        reasons: ["The database does not answer. Chat is kept in memory until it does.", "This node is looking for the others."],
      },
    },
  },
  ...["guests", "reported", "muted", "ended"].map((segment) => ({
    name: `players-${segment}`,
    view: "players",
    show: tab((text) => text.players.segment[segment]),
  })),
  { name: "columns", view: "players", show: press((text) => text.players.tableMenu) },
  { name: "drawer", view: "players/n1-4" },
  { name: "person", view: "chat", show: (page) => page.getByRole("button", { name: "brk_99" }).first().click() },
  { name: "chat-held", view: "chat", world: { heldLines: 2, server: { slowModeSeconds: 10 } } },
  { name: "chat-held-alone", view: "chat", world: { heldLines: 2 }, show: tab((text) => text.chat.status.held) },
  ...["all", "removed"].map((status) => ({
    name: `chat-${status}`,
    view: "chat",
    show: tab((text) => text.chat.status[status]),
  })),
  {
    name: "chat-rail",
    view: "chat",
    only: ["phone", "phone-dark"],
    show: press((text) => text.chat.rail),
  },
  {
    name: "report",
    view: "reports",
    only: ["phone", "phone-dark"],
    show: async (page, { text }) => {
      await page.getByRole("region", { name: text.view.reports }).getByRole("button").first().click();
      await button(page, text.reports.dismiss).waitFor();
    },
  },
  {
    name: "sanctions-past",
    view: "sanctions",
    show: (page, { text }) => page.getByLabel(text.sanctions.past).check({ force: true }),
  },
  { name: "mutes", view: "sanctions", show: tab((text) => text.sanctions.mutes) },
  {
    name: "audit-opened",
    view: "audit",
    show: async (page, { text }) => {
      await button(page, text.audit.open).nth(5).click();
      await page.getByText(text.audit.tookEffect).first().waitFor();
    },
  },
  {
    name: "settings-changed",
    view: "settings",
    show: async (page) => {
      await page.locator("#setting-world_name").fill("The Long Quay");
      await page.locator("#setting-chat_retention_days label").first().click();
    },
  },
  {
    name: "settings-operators",
    view: "settings",
    show: async (page, { text }) => {
      await page.getByText(filled(text.settings.operatorsMore_other, { count: 6 })).click();
      await page.evaluate(() => document.querySelector("main [class*=content]")?.scrollTo(0, 1e5));
    },
  },
  {
    name: "webhooks",
    view: "bots",
    show: async (page, { text }) => {
      await page.getByText(text.hooks.title, { exact: true }).click();
      await button(page, filled(text.hooks.lately, { name: "Staff room" })).click();
      await page.getByRole("listitem").filter({ hasText: "500" }).waitFor();
    },
  },
  { name: "sprites", view: "sprites", real: true },
  { name: "big-screen", view: "invite", show: press((text) => text.invite.tv) },
  {
    name: "palette",
    view: "dashboard",
    async show(page, { text }) {
      await button(page, text.palette.open).click();
      await page.getByRole("combobox").fill("an");
    },
  },
  { name: "keys", view: "dashboard", show: (page) => page.keyboard.press("?") },
  { name: "more", view: "dashboard", only: ["phone", "phone-dark"], show: press((text) => text.nav.more) },
];
