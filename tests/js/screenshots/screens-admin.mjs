// Every view and state of the administration that somebody should have looked at.
//
// A screen is `{name, view, world?, before?, show?, after?}`: `world` goes to the scripted server, `before` prepares it,
// `show(page, {text, server})` brings the opened page into the state, where `text` is what the page says in its language.
// `real: true` needs the real server, because its pictures come from there. `only` names the devices, when not all.

import { accessScreens } from "./admin/access.mjs";
import { actingScreens } from "./admin/acting.mjs";
import { emptyScreens } from "./admin/empty.mjs";
import { engineScreens } from "./admin/engine.mjs";
import { lostScreens } from "./admin/lost.mjs";
import { viewScreens } from "./admin/views.mjs";

const wide = { viewport: { width: Number(process.env.SCREENSHOT_WIDTH ?? 1280), height: 800 } };
const hand = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

export const devices = {
  light: { ...wide, colorScheme: "light" },
  dark: { ...wide, colorScheme: "dark" },
  phone: { ...hand, colorScheme: "light" },
  "phone-dark": { ...hand, colorScheme: "dark" },
};

export const adminScreens = [
  ...viewScreens, ...actingScreens, ...engineScreens, ...accessScreens, ...emptyScreens, ...lostScreens,
];
