// Each view while the connection is away: what one sees is old and says so, and nothing that needs the server can be
// pressed.

import { beginning } from "../../words.mjs";
import { TROUBLED, UNREACHABLE, WIDE } from "./steps.mjs";

const VIEWS = [
  "dashboard", "players", "chat", "reports", "invite", "users", "sanctions", "sprites", "bots", "audit", "loadtest", "logs", "settings",
];

const lost = (name, view, more = {}) => ({
  name,
  view,
  complaints: UNREACHABLE,
  async show(page, { text, server }) {
    await page.waitForLoadState("networkidle");
    await server.stop();
    await page.getByText(beginning(text.lost.retrying)).first().waitFor();
  },
  ...more,
});

export const lostScreens = [
  ...VIEWS.map((view) => lost(`lost-${view}`, view, view === "dashboard" ? {} : { only: WIDE })),
  lost("lost-chat-held", "chat", { only: WIDE, world: { heldLines: 2, server: { slowModeSeconds: 10 } } }),
  lost("lost-drawer", TROUBLED, { only: WIDE }),
];
