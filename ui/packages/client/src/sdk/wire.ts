/**
 * The typed Socket.IO connection, and the narrow view of it the session uses.
 *
 * Only this file imports `socket.io-client`. Reconnecting is the session's business, so the library's own loop is off.
 */
import { io, type Socket } from "socket.io-client";
import { PROTOCOL } from "../contract/generated/contract.js";
import type { ClientToServerEvents, HandshakeAuth, ServerToClientEvents } from "../contract/index.js";
import { SOCKET_OPTIONS, type Transports } from "./transports.js";

/** What the session needs of a socket; tests script one. */
export interface Wire {
  connect(): void;
  disconnect(): void;
  on(event: string, listener: (...args: readonly unknown[]) => void): void;
  emit<E extends keyof ClientToServerEvents>(event: E, ...args: Parameters<ClientToServerEvents[E]>): void;
}

/**
 * `auth` is asked at every handshake, so a guest secret learnt at the first join proves the same visitor after a
 * reconnect, also where cookies do not reach. `transports` remember what is known of its websockets.
 */
export function openWire(address: string, transports: Transports, auth: () => HandshakeAuth): Wire {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(address, {
    ...SOCKET_OPTIONS,
    auth: (give) => give({ protocol: PROTOCOL, ...auth() }),
  });
  transports.watch(socket);
  return {
    connect: () => transports.connect(socket),
    disconnect: () => void socket.disconnect(),
    // The map's listeners take `unknown`; the session reads every argument through a parser.
    on: (event, listener) => void socket.on(event as keyof ServerToClientEvents, listener),
    emit: (event, ...args) => void socket.emit(event, ...args),
  };
}
