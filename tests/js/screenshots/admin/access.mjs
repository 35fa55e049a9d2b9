// Who may come in, who may do what, and what is shown while something loads or fails.

import { beginning } from "../../words.mjs";
import { button, dialog, TROUBLED, UNREACHABLE, WIDE } from "./steps.mjs";

const FAILING = ["users", "sanctions", "bots", "audit", "logs", "settings", "reports", "invite", "loadtest"];

export const accessScreens = [
  { name: "sign-in", view: "dashboard", signedIn: false },
  { name: "setup", hash: "#setup=one-time", signedIn: false },
  {
    name: "expired",
    view: TROUBLED,
    complaints: UNREACHABLE,
    async show(page, { text, server }) {
      await dialog(page, text.act.kick, (box) => box.getByLabel(text.reason.label).fill("Half a sentence"));
      server.control.signedIn = false;
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: text.signIn.again }).waitFor();
    },
  },
  {
    name: "suspended",
    view: TROUBLED,
    complaints: UNREACHABLE,
    async show(page, { text, server }) {
      server.suspend();
      await page.getByText(beginning(text.access.suspended)).waitFor();
    },
  },
  {
    name: "viewer",
    view: TROUBLED,
    world: { role: "viewer" },
    async show(page, { text }) {
      await button(page, text.act.kick).hover();
      await page.getByRole("tooltip").waitFor();
    },
  },
  { name: "locked", view: "logs", world: { role: "moderator" } },
  ...FAILING.map((view) => ({
    name: `failed-${view}`,
    view,
    only: WIDE,
    complaints: UNREACHABLE,
    before: (server) => {
      server.control.fail = /^\/admin\/(?!me$)/;
    },
    show: (page, { text }) => button(page, text.state.retry).first().waitFor(),
  })),
  {
    name: "loading",
    loading: true,
    view: "users",
    before: (server) => {
      server.control.hang = /users/;
    },
    show: (page) => page.locator(".mantine-Skeleton-root").first().waitFor(),
  },
];
