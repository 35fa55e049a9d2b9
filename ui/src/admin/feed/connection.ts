/**
 * The socket of the live feed. Only this file of the administration imports `socket.io-client`.
 *
 * Reconnecting is the feed's business, because the page shows when the next attempt comes; the library's loop is off.
 */

import { SOCKET_OPTIONS, type Transports } from "@comutiny/client";
import type { ClientToFeedEvents, FeedToClientEvents } from "@comutiny/client/contract";
import { io, type Socket } from "socket.io-client";
import type { Platform } from "../../platform";
import { ADMIN_REFUSALS, type LogLevel } from "../contract";

export type FeedEvents = FeedToClientEvents;

/** What the feed needs of a socket; tests script one. */
export interface FeedWire {
  connect(): void;
  disconnect(): void;
  on(event: keyof FeedEvents | "disconnect", listener: (payload: unknown) => void): void;
  /** The handshake was refused, or nobody answered; `code` is the server's, `null` where none came. */
  onRefused(listener: (message: string, code: string | null) => void): void;
  resync(): void;
  /** `null` ends the stream of log lines. */
  logs(level: LogLevel | null): void;
}

/** A refusal carries nothing but its sentence, so the sentence shows which one it is. */
function refusalCode(sentence: string): string | null {
  return Object.entries(ADMIN_REFUSALS).find(([, known]) => known === sentence)?.[0] ?? null;
}

export function openFeedWire(
  platform: Pick<Platform, "gateway" | "sessionToken">,
  transports: Transports,
): FeedWire {
  const socket: Socket<FeedEvents, ClientToFeedEvents> = io(`${platform.gateway()}/admin`, {
    ...SOCKET_OPTIONS,
    auth: (give) => {
      const token = platform.sessionToken();
      give(token === null ? {} : { token });
    },
  });
  transports.watch(socket);
  return {
    connect: () => transports.connect(socket),
    disconnect: () => void socket.disconnect(),
    on: (event, listener) => {
      if (event === "disconnect") socket.on("disconnect", listener);
      else socket.on(event, listener);
    },
    onRefused: (listener) => {
      socket.on("connect_error", (error) => listener(error.message, refusalCode(error.message)));
    },
    resync: () => void socket.emit("admin:resync", () => {}),
    logs: (level) => void socket.emit("admin:logs", { level }, () => {}),
  };
}
