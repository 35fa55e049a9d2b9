import { ScriptedClock } from "@comutiny/client/scripted";
import { expect, test } from "vitest";
import type { LogLevel } from "../contract";
import type { FeedWire } from "./connection";
import { Feed } from "./feed";
import { session, state } from "./scripted";

class ScriptedWire implements FeedWire {
  readonly calls: string[] = [];
  private readonly listeners = new Map<string, (payload: unknown) => void>();
  private refused: (message: string, code: string | null) => void = () => {};

  connect(): void {
    this.calls.push("connect");
  }
  disconnect(): void {
    this.calls.push("disconnect");
  }
  on(event: string, listener: (payload: unknown) => void): void {
    this.listeners.set(event, listener);
  }
  onRefused(listener: (message: string, code: string | null) => void): void {
    this.refused = listener;
  }
  resync(): void {
    this.calls.push("resync");
  }
  logs(level: LogLevel | null): void {
    this.calls.push(`logs ${level}`);
  }
  deliver(event: string, payload: unknown = undefined): void {
    this.listeners.get(event)?.(payload);
  }
  refuse(code: string | null): void {
    this.refused("No.", code);
  }
}

function opened() {
  const wire = new ScriptedWire();
  const clock = new ScriptedClock();
  const feed = new Feed({ wire, scheduler: clock, random: () => 1 });
  feed.start();
  return { wire, clock, feed };
}

test("is live with the first state", () => {
  const { wire, feed } = opened();
  expect(feed.state().status.kind).toBe("connecting");
  wire.deliver("admin:state", state());
  expect(feed.state().status.kind).toBe("live");
});

test("asks once for everything after a gap, and goes on with the answer", () => {
  const { wire, feed } = opened();
  wire.deliver("admin:state", state({ seq: 1 }));
  for (const seq of [3, 4, 5]) wire.deliver("admin:changes", { seq, at: "" });
  expect(wire.calls.filter((call) => call === "resync")).toHaveLength(1);
  wire.deliver("admin:state", state({ seq: 6, sessions: [session("a")] }));
  wire.deliver("admin:changes", { seq: 7, at: "", gone: ["a"] });
  expect(feed.state().mirror?.sessions.size).toBe(0);
});

test("keeps what it knew while the connection is away, and tries again with growing waits", async () => {
  const { wire, clock, feed } = opened();
  wire.deliver("admin:state", state({ sessions: [session("a")] }));
  wire.deliver("disconnect");
  expect(feed.state().status).toEqual({ kind: "lost", attempt: 1, retryAt: 1000, refusal: null });
  expect(feed.state().mirror?.sessions.size).toBe(1);
  await clock.pass(1000);
  expect(feed.state().status).toEqual({ kind: "lost", attempt: 1, retryAt: null, refusal: null });
  wire.refuse(null);
  expect(feed.state().status).toEqual({ kind: "lost", attempt: 2, retryAt: 3000, refusal: null });
  wire.deliver("admin:state", state());
  expect(feed.state().status.kind).toBe("live");
});

test("tries at once when asked to, and not again when the wait would have ended", async () => {
  const { wire, clock, feed } = opened();
  wire.deliver("disconnect");
  feed.retryNow();
  expect(wire.calls.filter((call) => call === "connect")).toHaveLength(2);
  await clock.pass(20_000);
  expect(wire.calls.filter((call) => call === "connect")).toHaveLength(2);
});

test.each(["unauthorized", "forbidden"])("does not try again after %s", (code) => {
  const { wire, feed } = opened();
  wire.refuse(code);
  wire.deliver("disconnect");
  expect(feed.state().status).toEqual({ kind: "ended", code, message: "No." });
});

test("a demotion ends it for good, a server that closes only for now", () => {
  const demoted = opened();
  demoted.wire.deliver("admin:ended", { code: "demoted", message: "You may not look any more." });
  demoted.wire.deliver("disconnect");
  expect(demoted.feed.state().status.kind).toBe("ended");
  const closed = opened();
  closed.wire.deliver("admin:ended", { code: "shutdown", message: "The server closes." });
  closed.wire.deliver("disconnect");
  expect(closed.feed.state().status.kind).toBe("lost");
});

test("asks for the log again after a reconnect, and not when nobody follows it", () => {
  const { wire, feed } = opened();
  wire.deliver("admin:state", state());
  const stop = feed.followLogs("warn", () => {});
  wire.deliver("disconnect");
  wire.deliver("admin:state", state());
  stop();
  expect(wire.calls.filter((call) => call.startsWith("logs"))).toEqual([
    "logs warn",
    "logs warn",
    "logs null",
  ]);
});
