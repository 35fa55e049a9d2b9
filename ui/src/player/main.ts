/**
 * Starts the player page: the only place that touches the browser's globals, storage and build settings.
 */
import "./style/fonts.css";
import "./style/base.css";
import "./style/hidden.css";
import "./style/hud.css";
import "./style/chat.css";
import "./style/controls.css";
import "./style/cards.css";
import "./style/dialogs.css";
import "./style/person.css";
import "./style/share.css";
import "./style/wardrobe.css";
import {
  browserStorage,
  gatewayAddress,
  Identity,
  openWire,
  REAL_TIME,
  Rest,
  randomId,
  Transports,
} from "@comutiny/client";
import { HARBOUR } from "@comutiny/client/maps";
import { languageOf } from "../languages";
import { invitationIn } from "./invitation";
import { LearnedKept } from "./learned";
import { OwnLook } from "./look/own-look";
import { Terrain } from "./map/terrain";
import { Muted } from "./muted";
import { PlayerPage } from "./page";
import { fetchWords, Speech } from "./text/speech";
import { SpriteImages } from "./view/sprite-images";

declare global {
  interface Window {
    /** Set before this script runs, points the page at another gateway. */
    __COMUTINY_SOCKET_URL__?: unknown;
  }
}

const LANGUAGE_KEY = "comutiny.language";

const storage = browserStorage("localStorage");

function kept(key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    storage?.setItem(key, value);
  } catch {
    // Full or forbidden: the choice lasts as long as the page.
  }
}

const gateway = gatewayAddress({
  fromPage: window.__COMUTINY_SOCKET_URL__,
  fromBuild: import.meta.env.VITE_SOCKET_URL,
  origin: window.location.origin,
});
const identity = new Identity(storage, () => randomId((bytes) => crypto.getRandomValues(bytes)));
const rest = new Rest(
  gateway,
  (url, init) => fetch(url, init),
  (token) => {
    identity.guestToken = token;
  },
);
const root = document.getElementById("player");
if (!root) throw new Error("The page has no place for the player.");

const language = languageOf([kept(LANGUAGE_KEY), ...navigator.languages]);
await fetchWords(language);

const page: PlayerPage = new PlayerPage({
  root,
  terrain: new Terrain(HARBOUR),
  scheduler: REAL_TIME,
  identity,
  wire: openWire(gateway, new Transports(browserStorage("sessionStorage"), REAL_TIME.now), () => {
    const { guestToken, pin } = identity;
    const { token } = rest;
    return {
      ...(token !== undefined && { token }),
      ...(guestToken !== undefined && { guestToken }),
      ...(pin !== "" && { pin }),
      features: page.features,
    };
  }),
  speech: new Speech(language, navigator.languages),
  sprites: new SpriteImages(gateway),
  muted: new Muted(storage),
  rest,
  look: new OwnLook(storage),
  keepLanguage: (code) => keep(LANGUAGE_KEY, code),
  learned: new LearnedKept(storage),
  address: `${window.location.origin}${window.location.pathname}`,
  touch: matchMedia("(pointer: coarse)").matches,
  send: sender(),
});

/**
 * A link carries the PIN, a spot, or a ticket. They are used and taken out of the address bar, where others could read
 * them.
 */
function useInvitation(): void {
  const { pin, at, ticket, address } = invitationIn(window.location.href, Date.now());
  if (pin !== null) page.bringPin(pin);
  if (at) page.comeTo(at);
  if (ticket !== null) page.enterWith(ticket);
  if (address !== window.location.href) history.replaceState(history.state, "", address);
}

/** The share sheet of a phone; browsers offer it to secure pages alone. */
function sender(): ((link: string) => void) | null {
  if (typeof navigator.share !== "function") return null;
  return (url) => void navigator.share({ title: document.title, url }).catch(() => undefined);
}

useInvitation();
window.addEventListener("hashchange", useInvitation);
page.start();
