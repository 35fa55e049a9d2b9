// Each list with nothing in it, and each tab: its own words, its own picture.

import { press, tab, WIDE } from "./steps.mjs";

const NOBODY = { players: 0 };

const VIEWS = ["dashboard", "players", "chat", "reports", "sanctions", "users", "bots", "audit", "logs", "sprites"];

/** A view whose tab, chosen by the words, has nothing in it. */
const emptyTab = (view, name, of) => ({ name: `${view}-empty-${name}`, view, only: WIDE, world: NOBODY, show: tab(of) });

/** A view in which a search finds nothing. */
const noMatch = (view, label) => ({
  name: `${view}-no-match`,
  view,
  only: WIDE,
  show: (page, { text }) => page.getByLabel(label(text), { exact: true }).fill("nobody at all"),
});

export const emptyScreens = [
  ...VIEWS.map((view) => ({ name: `${view}-empty`, view, world: NOBODY })),
  ...["guests", "reported", "muted", "watching", "ended"].map((segment) =>
    emptyTab("players", segment, (text) => text.players.segment[segment]),
  ),
  emptyTab("dashboard", "week", (text) => text.story.ranges.week),
  ...["held", "all", "removed"].map((status) => emptyTab("chat", status, (text) => text.chat.status[status])),
  ...["resolved", "dismissed"].map((status) => emptyTab("reports", status, (text) => text.reports.status[status])),
  emptyTab("sanctions", "mutes", (text) => text.sanctions.mutes),
  emptyTab("bots", "webhooks", (text) => text.hooks.title),
  { name: "no-match", view: "players", show: (page, { text }) => page.getByLabel(text.players.filter).fill("nobody at all") },
  noMatch("chat", (text) => text.chat.search),
  noMatch("sanctions", (text) => text.sanctions.search),
  noMatch("users", (text) => text.users.search),
  noMatch("audit", (text) => text.audit.search),
  noMatch("logs", (text) => text.logs.search),
  noMatch("settings", (text) => text.settings.find),
  { name: "announce-nobody", view: "players", only: WIDE, world: NOBODY, show: press((text) => text.act.announce) },
];
