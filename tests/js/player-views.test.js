// Every state of the player page: axe finds nothing, the console stays empty, nothing sticks out of a narrow phone.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accessibilityFaults } from "./browser.js";
import { startJourney } from "./journey.js";
import { devices, playerScreens } from "./screenshots/screens-player.mjs";
import { openScreen } from "./screenshots/stage.mjs";

const { server, browser } = await startJourney({ WORLD_NAME: "The Quay" });

/** What can be pressed or filled in and lies outside the window, unless something around it scrolls. */
function sticksOut() {
  const scrolls = (element) => {
    for (let it = element; it; it = it.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(it).overflowX)) return true;
    }
    return false;
  };
  const out = [...document.querySelectorAll("button, input, textarea, dialog, .card")].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < -0.5 || right > innerWidth + 0.5) && !scrolls(element);
  });
  return out.map((element) => element.outerHTML.slice(0, 120));
}

async function check(shown) {
  await shown.settled();
  assert.deepEqual(await accessibilityFaults(shown.page), []);
  assert.deepEqual(await shown.page.evaluate(sticksOut), []);
}

describe("the player page", () => {
  for (const screen of playerScreens) {
    test(screen.name, async () => {
      const shown = await openScreen(screen, { browser, server, device: devices.desktop });
      try {
        await check(shown);
        await shown.page.setViewportSize(devices.narrow.viewport);
        await check(shown);
        assert.deepEqual(shown.complaints(), []);
      } finally {
        await shown.close();
      }
    });
  }
});

// With a finger, and in the language that runs longer.
const TOUCHED = ["entry", "world-people", "emote-picker", "people-list", "menu", "wardrobe", "notice-muted"];

describe("on a phone, in Spanish", () => {
  for (const screen of playerScreens.filter(({ name }) => TOUCHED.includes(name))) {
    test(screen.name, async () => {
      const shown = await openScreen(screen, { browser, server, device: devices.narrow, locale: "es-ES" });
      try {
        await check(shown);
        assert.equal(await shown.page.getAttribute("html", "lang"), "es");
        assert.deepEqual(shown.complaints(), []);
      } finally {
        await shown.close();
      }
    });
  }
});
