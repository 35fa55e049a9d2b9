import type { Socket } from "socket.io-client";
import { describe, expect, test } from "vitest";
import type { KeptValues } from "./kept-values.js";
import { Transports } from "./transports.js";

type Listener = (reason?: unknown) => void;

/** A socket whose manager reports what the script holds. */
function scripted() {
  const onManager = new Map<string, Listener>();
  const onSocket = new Map<string, Listener>();
  const transport = { name: "websocket" };
  const manager = {
    opts: { transports: [] as { readonly prototype: { readonly name: string } }[] },
    engine: { transport },
    on: (event: string, listener: Listener) => onManager.set(event, listener),
  };
  const socket = {
    io: manager,
    on: (event: string, listener: Listener) => onSocket.set(event, listener),
    connect: () => {},
  };
  return {
    socket: socket as unknown as Socket,
    opens(name: string) {
      transport.name = name;
      onManager.get("open")?.();
    },
    answers: () => onSocket.get("connect")?.(),
    closes: (reason: string) => onManager.get("close")?.(reason),
    tries: () => manager.opts.transports.map(({ prototype }) => prototype.name),
  };
}

function memory(): KeptValues & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  };
}

const WEBSOCKET_FIRST = ["websocket", "polling"];

describe("the way in", () => {
  const begin = (storage: KeptValues | null = memory()) => {
    let now = 0;
    const transports = new Transports(storage, () => now);
    const script = scripted();
    transports.watch(script.socket);
    const connect = () => {
      transports.connect(script.socket);
      return script.tries();
    };
    return { ...script, connect, pass: (ms: number) => (now = now + ms) };
  };

  test("is a websocket first, and stays so where one came in", () => {
    const page = begin();
    expect(page.connect()).toEqual(WEBSOCKET_FIRST);
    page.opens("websocket");
    page.answers();
    page.closes("transport close");
    expect(page.connect()).toEqual(WEBSOCKET_FIRST);
  });

  test("is polling for the browser session once polling came in", () => {
    const storage = memory();
    const page = begin(storage);
    page.connect();
    page.pass(3100);
    page.opens("polling");
    page.answers();
    expect(page.connect()).toEqual(["polling"]);
    expect(begin(storage).connect()).toEqual(["polling"]);
    expect(begin().connect()).toEqual(WEBSOCKET_FIRST);
  });

  test("is not remembered when everything took long: the server is busy", () => {
    const storage = memory();
    const page = begin(storage);
    page.connect();
    page.pass(9000);
    page.opens("polling");
    expect(page.connect()).toEqual(WEBSOCKET_FIRST);
    expect(storage.values.size).toBe(0);
  });

  test("is polling once after a websocket that ended before the namespace answered", () => {
    const page = begin();
    page.connect();
    page.opens("websocket");
    page.closes("transport close");
    expect(page.connect()).toEqual(["polling"]);
    expect(page.connect(), "when polling did not come in either").toEqual(WEBSOCKET_FIRST);
  });

  test("is known for this page where nothing can be kept", () => {
    const forbidden: KeptValues = {
      getItem: () => {
        throw new Error("forbidden");
      },
      setItem: () => {
        throw new Error("forbidden");
      },
    };
    const page = begin(forbidden);
    expect(page.connect()).toEqual(WEBSOCKET_FIRST);
    page.opens("polling");
    expect(page.connect()).toEqual(["polling"]);
  });
});
