import { expect, test } from "vitest";
import type { JoinOrLeave } from "../../feed/activity";
import { action, message, session } from "../../feed/scripted";
import { speakersOf } from "./speakers";
import { type Shown, type StreamParts, streamOf, withDays } from "./stream";

const NOON = Date.parse("2025-01-01T12:00:00Z");
const at = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();
const line = (id: string, seconds: number, author = "Ana") =>
  message(id, {
    timestamp: at(seconds),
    author,
    playerId: author,
    person: { kind: "guest", subject: author },
  });
const came = (id: string, seconds: number): JoinOrLeave => ({
  kind: "joined",
  at: at(seconds),
  session: session(id),
});
const went = (id: string, seconds: number): JoinOrLeave => ({
  kind: "left",
  at: at(seconds),
  session: session(id),
});

const ALL: Shown = { people: true, joins: true, bots: true, yours: true };
const stream = (given: Partial<StreamParts>) =>
  streamOf({ chat: [], activity: [], actions: [], shown: ALL, isBot: () => false, me: "u1", ...given })
    .filter(({ kind }) => kind !== "day")
    .map((item) => {
      if ("sessions" in item) return `${item.kind} ${item.sessions.map(({ id }) => id)}`;
      return "by" in item ? `${item.kind} ${item.key} by ${item.by}` : `${item.kind} ${item.key}`;
    });

test("lines, arrivals and announcements stand in the order of time", () => {
  const actions = [
    action("x", { action: "announcement", at: at(5), details: { message: "Six" } }),
    action("y", { action: "session.kick", at: at(6) }),
  ];
  const six = { ...line("9", 5), playerId: "system", person: null, content: "Six" };
  const greeting = { ...six, id: "greeting-1", timestamp: at(0) };
  expect(
    stream({ chat: [greeting, line("1", 2), six, line("2", 8)], activity: [came("bo", 4)], actions }),
  ).toEqual(["line greeting-1", "line 1", "joined bo", "announced 9 by Sofie", "line 2"]);
});

test("who comes together is one line, unless somebody speaks in between or it takes longer", () => {
  const activity = [came("a", 0), came("b", 4), went("c", 5), came("d", 6), came("e", 30)];
  expect(stream({ activity })).toEqual(["joined a,b", "left c", "joined d", "joined e"]);
});

test("bots and arrivals are shown only where they are wanted", () => {
  const parts = {
    chat: [line("1", 0), line("2", 1, "bot")],
    activity: [came("a", 2)],
    isBot: ({ author }: { author: string }) => author === "bot",
  };
  expect(stream({ ...parts, shown: { people: true, joins: false, bots: false, yours: true } })).toEqual([
    "line 1",
  ]);
  expect(stream({ ...parts, shown: { people: false, joins: false, bots: true, yours: true } })).toEqual([
    "line 2",
  ]);
});

test("another day has a heading", () => {
  const items = [{ at: at(0) }, { at: at(1) }, { at: at(3 * 86_400) }];
  expect(withDays(items).map((item) => ("kind" in item ? item.kind : "item"))).toEqual([
    "day",
    "item",
    "item",
    "day",
    "item",
  ]);
});

test("those who speak most, and what part of everything that is", () => {
  const chat = ["a", "a", "a", "b", "c", "d", "e", "f"].map((name, place) =>
    line(String(place), place, name),
  );
  const old = line("99", -3600, "z");
  const { top, people, percent } = speakersOf([old, ...chat], NOON + 60_000);
  expect(top.map(({ name, lines }) => [name, lines]).slice(0, 2)).toEqual([
    ["a", 3],
    ["b", 1],
  ]);
  expect([top.length, people, percent]).toEqual([5, 6, 88]);
  expect(speakersOf([], NOON).percent).toBe(0);
});

test("what one said oneself can be left out, and what others announced stays", () => {
  const said = { ...line("1", 2, "Sofie"), person: { kind: "account" as const, subject: "u1" } };
  const word = (id: string, content: string) => ({
    ...line(id, 5),
    playerId: "system",
    person: null,
    content,
  });
  const actions = ["u1", "u2"].map((id) =>
    action(id, { action: "announcement", at: at(5), actor: { id, name: id }, details: { message: id } }),
  );
  const chat = [said, line("2", 3), word("3", "u1"), word("4", "u2")];
  expect(stream({ chat, actions, shown: { ...ALL, yours: false } })).toEqual(["line 2", "announced 4 by u2"]);
});
