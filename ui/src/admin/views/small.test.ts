import { describe, expect, test } from "vitest";
import { hindranceOf } from "../access/rights";
import { accessAfter } from "../access/session";
import { minutesOf } from "../dialogs/duration";
import { report } from "../feed/scripted";
import { obstacle } from "../people/action-items";
import { browserName } from "../people/browser-name";
import { pastOf } from "../people/past";
import { detailsText } from "./audit/details-text";
import { linkParts, linkWithPin, qrPath } from "./invite/qr";
import { isLoopback } from "./invite/use-invite";
import { KEPT_LINES, matching, withLines } from "./logs/log-window";
import { mergeReports } from "./reports/merge";

describe("rights", () => {
  test("a viewer is told who may", () => {
    expect(hindranceOf("kick", [], "live")).toBe("needsModerator");
    expect(hindranceOf("settings", ["kick"], "live")).toBe("needsHost");
  });
  test("without a connection nobody acts", () => expect(hindranceOf("kick", ["kick"], "lost")).toBe("lost"));
  test("who is gone can be banned but not kicked", () => {
    const gone = {
      name: "A",
      lookId: "a",
      sessionId: null,
      person: { kind: "guest", subject: "x" },
    } as const;
    expect([obstacle("kick", gone), obstacle("ban", gone)]).toEqual(["gone", null]);
    expect(obstacle("ban", { ...gone, person: null })).toBe("unknown");
  });
  test("answers to who am I", () => {
    expect(accessAfter(401, "", true)).toEqual({ kind: "signed-out", expired: true });
    expect(accessAfter(403, "No.", false)).toEqual({ kind: "refused", message: "No." });
    expect(accessAfter(0, "Gone.", false)).toEqual({ kind: "unreachable", message: "Gone." });
  });
});

test.each([
  [3, "days", 4320],
  [0, "hours", undefined],
  [1.5, "minutes", undefined],
  [600, "weeks", undefined],
] as const)("%d %s", (amount, unit, minutes) =>
  expect(minutesOf({ kind: "custom", amount, unit })).toBe(minutes),
);

test("for good is not the same as no time", () => {
  expect(minutesOf({ kind: "preset", minutes: null })).toBeNull();
});

describe("logs", () => {
  const line = (seq: number, level: "info" | "warn" = "info", message = `line ${seq}`) => ({
    seq,
    at: "",
    level,
    target: "comutiny::session",
    message,
    fields: { player_id: "ana" },
  });
  test("each line once, in order, the newest of them", () => {
    const many = Array.from({ length: KEPT_LINES + 5 }, (_, place) => line(place));
    const kept = withLines(withLines([], many), [line(KEPT_LINES + 3), line(KEPT_LINES + 9)]);
    expect(kept).toHaveLength(KEPT_LINES);
    expect(kept.at(-1)?.seq).toBe(KEPT_LINES + 9);
  });
  test("graver levels pass, and words are found in fields", () => {
    const lines = [line(1), line(2, "warn")];
    expect(matching(lines, "warn", "").map(({ seq }) => seq)).toEqual([2]);
    expect(matching(lines, "info", "player_id=ana line").map(({ seq }) => seq)).toEqual([1, 2]);
    expect(matching(lines, "info", "bo")).toEqual([]);
  });
});

describe("the link", () => {
  test("carries the pin after the hash", () => {
    expect(linkWithPin("http://10.0.0.8:4000/", "44 17")).toBe("http://10.0.0.8:4000/#pin=44%2017");
    expect(linkWithPin("http://10.0.0.8:4000/", null)).toBe("http://10.0.0.8:4000/");
  });
  test("is written in two tones", () => {
    expect(linkParts("http://10.0.0.8:4000/")).toEqual({ scheme: "http://", rest: "10.0.0.8:4000" });
  });
  test("becomes a code with its three corners", () => {
    const { size, path } = qrPath("http://192.168.1.24:4000/");
    expect((size - 17) % 4).toBe(0);
    expect(path.startsWith("M0 0h7v1h-7z")).toBe(true);
  });
  test("this computer is not a visitor", () => {
    expect(["127.0.0.1", "::1", "::ffff:127.0.0.1", "192.168.1.2"].map(isLoopback)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

test("reports: what the feed said wins, and the filter holds", () => {
  const listed = [report("1"), report("2", { at: "2025-02-01T00:00:00Z" })];
  const changed = [report("1", { status: "resolved" }), report("3")];
  expect(mergeReports(listed, changed, "open").map(({ id }) => id)).toEqual(["2", "3"]);
});

test("a person's past is one story, the newest first", () => {
  const by = { id: "u", name: "Sofie" };
  const ban = {
    type: "ban",
    id: "b",
    kind: "guest",
    subject: "s",
    subjectName: null,
    reason: "Spam",
    until: null,
    createdBy: by,
    createdAt: "2025-01-02T00:00:00Z",
    liftedAt: null,
    active: true,
  } as const;
  const past = pastOf({ sanctions: [ban], warnings: [{ at: "2025-01-03T00:00:00Z", message: "Stop", by }] });
  expect(past.map(({ kind, words }) => `${kind} ${words}`)).toEqual(["warning Stop", "ban Spam"]);
});

test("details of an action are one line of data", () => {
  expect(detailsText({ reason: "<script>", minutes: 10, before: { role: "user" }, empty: null })).toBe(
    "<script>, minutes: 10, before: role user",
  );
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140, Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0",
    "Edge 141, Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari 18, iPhone",
  ],
  ["python-socketio", "python-socketio"],
])("%s", (userAgent, name) => expect(browserName(userAgent)).toBe(name));
