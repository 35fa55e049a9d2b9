/**
 * Which transport a page comes in by: a websocket first, and polling where something on the way lets none through.
 *
 * Proxies and virus scanners end or mute a websocket after its 101, when the library already takes it for a good one.
 * Here a websocket has failed until its first packet came, and the library goes on to polling within the same attempt.
 * Who came in so polls for the rest of the browser session and tries no upgrade: what was ended once would be ended at
 * every reconnect.
 */
import { type TransportReservedEvents, transports } from "engine.io-client";
import type { Socket } from "socket.io-client";
import type { KeptValues } from "./kept-values.js";

/** An open websocket that is silent for this long is mute, ms: the server's first packet follows its 101 at once. */
const MUTE_MS = 3000;
/** Longest wait for the 101 itself, ms. A server that everybody comes back to takes its time for it. */
const UNANSWERED_MS = 8000;
/** Longest wait for the first packet by any transport, ms: a websocket's, and then polling's. */
const OPENING_TIMEOUT_MS = UNANSWERED_MS + 7000;

/** How every socket of the pages is opened: reconnecting is theirs, so the library's own loop is off. */
export const SOCKET_OPTIONS = {
  path: "/socket.io",
  tryAllTransports: true,
  withCredentials: true,
  reconnection: false,
  autoConnect: false,
  forceNew: true,
  timeout: OPENING_TIMEOUT_MS,
} as const;

const KEY = "comutiny.transport";

/** Fails, and thereby gives way to polling, when it ends or is silent before its first packet. */
class PromptWebSocket extends transports.websocket {
  private spoke = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override doOpen(): this {
    this.within(UNANSWERED_MS);
    this.once("open", () => this.within(MUTE_MS));
    this.once("packet", () => {
      this.spoke = true;
      clearTimeout(this.timer);
    });
    super.doOpen();
    return this;
  }

  /** `details` say that the other side ended it. */
  protected override onClose(details?: Parameters<TransportReservedEvents["close"]>[0]): void {
    clearTimeout(this.timer);
    if (details && !this.spoke) this.onError("websocket ended", details);
    else super.onClose(details);
  }

  private within(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.doClose();
      this.onError("websocket silent", null);
    }, ms);
  }
}

/** Remembers for the browser session what a page learnt about its websockets. */
export class Transports {
  private began = 0;
  /** The last websocket ended after its first packet and before the namespace answered. */
  private doubted = false;
  private polls: boolean;

  constructor(
    private readonly storage: KeptValues | null,
    /** Monotonic, ms. */
    private readonly now: () => number,
  ) {
    this.polls = readPolls(storage);
  }

  /** Connects this socket, whose manager must not reconnect by itself. */
  connect(socket: Socket): void {
    const { polling } = transports;
    socket.io.opts.transports = this.polls || this.doubted ? [polling] : [PromptWebSocket, polling];
    this.doubted = false;
    this.began = this.now();
    socket.connect();
  }

  /** Watches how this socket fares. */
  watch(socket: Socket): void {
    let answered = false;
    socket.io.on("open", () => {
      answered = false;
      if (socket.io.engine.transport.name === "polling") this.cameInByPolling();
    });
    socket.on("connect", () => {
      answered = true;
    });
    socket.on("connect_error", () => {
      answered = true;
    });
    socket.io.on("close", (reason) => {
      const ended = reason === "transport close" || reason === "transport error";
      this.doubted = ended && !answered && !this.polls;
    });
  }

  /** An attempt as long as a websocket's longest wait proves a busy server and nothing about websockets. */
  private cameInByPolling(): void {
    if (this.now() - this.began >= UNANSWERED_MS) return;
    this.polls = true;
    try {
      this.storage?.setItem(KEY, "polling");
    } catch {
      // Full or forbidden: it is known until the page is loaded again.
    }
  }
}

function readPolls(storage: KeptValues | null): boolean {
  try {
    return storage?.getItem(KEY) === "polling";
  } catch {
    return false;
  }
}
