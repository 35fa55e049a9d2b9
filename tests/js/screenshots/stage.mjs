// A fresh browser page for one screen, with a wire that can speak in the server's place.

import { visit } from "../browser.js";
import { wordsFor } from "../words.mjs";
import { everybodyHome } from "./people.mjs";

/** Opens the page, shows the screen, and answers the page with what its console said. */
export async function openScreen(screen, { browser, server, device, locale = "en-GB", options = {} }) {
  const context = await browser.newContext({ locale, ...device, ...options });
  context.setDefaultTimeout(20_000);
  const wire = await tapWire(context);
  const complaints = [];
  const page = await visit(context, server.url, complaints);
  const leave = async () => {
    await everybodyHome();
    await context.close();
  };
  try {
    await screen.show({ server, page, text: wordsFor(locale), wire });
  } catch (error) {
    await leave();
    throw error;
  }
  const expected = screen.complaints ?? [];
  return {
    page,
    settled: () => page.evaluate(settle),
    complaints: () => complaints.filter((line) => !expected.some((allowed) => allowed.test(line))),
    close: leave,
  };
}

/** In the page: fonts are there, what moves once has moved, bubbles have grown. */
export async function settle() {
  await document.fonts.ready;
  const passing = document.getAnimations().filter((it) => it.effect.getTiming().iterations !== Infinity);
  // One that is cancelled, because what it moved has gone, is over as well.
  await Promise.all(passing.map((it) => it.finished.catch(() => {})));
  const end = performance.now() + 250;
  for (let now = 0; now < end; ) now = await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Stands between page and server on the websocket, the only way there is: a slow machine would poll, past it. */
async function tapWire(context) {
  let toPage = null;
  let isCut = false;
  let refusal = null;
  let lineRefusal = null;
  await context.route(/\/socket\.io\/.*transport=polling/, (route) => route.abort());
  await context.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (isCut) {
      socket.close();
      return;
    }
    toPage = socket;
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const [, id, event] = /^42(\d+)\["([a-z:]+)"/.exec(message) ?? [];
      const refused = { "player:join": refusal, "chat:message": lineRefusal }[event];
      if (refused) socket.send(`43${id}${JSON.stringify([{ ok: false, message: "", ...refused }])}`);
      else server.send(message);
    });
  });
  return {
    say: (event, payload) => toPage.send(`42${JSON.stringify([event, payload])}`),
    refuseJoins(with_) {
      refusal = with_;
    },
    refuseLines(with_) {
      lineRefusal = with_;
    },
    async drop() {
      isCut = true;
      await context.route(/\/socket\.io\//, (route) => route.abort());
      toPage?.close();
    },
  };
}
