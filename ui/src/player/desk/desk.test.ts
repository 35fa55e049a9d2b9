// @vitest-environment jsdom

import { Rest } from "@comutiny/client";
import { settle } from "@comutiny/client/scripted";
import { describe, expect, it } from "vitest";
import { button, buttons, onPage, player, speechIn, submit } from "../hud/scripted";
import { Desk } from "./desk";
import { Moderation } from "./moderation";

const SESSION = {
  id: "n1-7",
  playerId: "b",
  kind: "guest",
  joinedAt: new Date(Date.now() - 12 * 60_500).toISOString(),
};
const REPORT = { target: { playerId: "b" }, reporter: { name: "Yuki" }, reason: "Follows me" };

/** The desk about Bo; `answers` replaces what the server says to a path. */
async function desk(answers: Readonly<Record<string, unknown>> = {}) {
  const asked: [string, string, unknown][] = [];
  const all: Readonly<Record<string, unknown>> = {
    "/admin/sessions": { sessions: [{ ...SESSION, openReports: 1 }] },
    "/admin/reports": { reports: [REPORT, { ...REPORT, target: { playerId: "other" } }] },
    "/admin/sessions/n1-7/mute": { action: { id: "a1", undoable: true } },
    "/admin/sessions/n1-7/tell": { action: { id: "a6", undoable: false } },
    "/admin/sessions/n1-7/kick": { action: { id: "a2", undoable: false } },
    "/admin/sessions/n1-7/warn": { action: { id: "a3", undoable: false } },
    "/admin/bans": { action: { id: "a4", undoable: true } },
    "/admin/audit/a1/undo": { action: { id: "a5" } },
    ...answers,
  };
  const rest = new Rest("", async (url, { method, body }) => {
    const path = url.split("?")[0] ?? "";
    asked.push([method ?? "", path, body === undefined ? null : JSON.parse(`${body}`)]);
    const answer = all[path];
    return {
      ok: answer !== undefined,
      status: answer ? 200 : 403,
      json: async () => answer ?? { code: "forbidden" },
    };
  });
  const known: string[] = [];
  const later: (() => void)[] = [];
  const it = new Desk(player("b", { name: "Bo" }), {
    speech: speechIn(),
    moderation: new Moderation(rest),
    administration: "/admin/",
    after: (_, run) => later.push(run),
    onKnown: (words) => known.push(words),
  });
  const element = onPage(it.body);
  await settle();
  asked.length = 0;
  const status = () => element.querySelector(".desk-status")?.textContent;
  const send = async () => {
    submit(element);
    await settle();
  };
  return { it, element, asked, known, later, status, send };
}

describe("a moderator's part of the card", () => {
  it("says who it is and what was reported, and leads to the administration", async () => {
    const { it, element, known } = await desk();
    expect(known).toEqual(["Guest, here for 12 min"]);
    expect(element.querySelector(".desk-reports")?.textContent).toBe("1 open reportYuki: “Follows me”");
    expect(it.link.getAttribute("href")).toBe("/admin/#/players/n1-7");
  });

  it("asks for a reason and a length only after a choice", async () => {
    const { element } = await desk();
    expect(buttons(element)).toEqual(["Warn", "Mute", "Kick", "Ban", "Write to them"]);
    button(element, "Mute").click();
    expect(buttons(element)).toContain("Mute for 15 min");
    button(element, "Kick").click();
    expect(buttons(element)).not.toContain("15 min");
  });

  it("mutes with the reason and the length chosen, and takes it back", async () => {
    const { element, asked, status, send } = await desk();
    button(element, "Mute").click();
    button(element, "Insults").click();
    button(element, "1 h").click();
    await send();
    expect(asked).toEqual([["POST", "/admin/sessions/n1-7/mute", { reason: "Insults", minutes: 60 }]]);
    expect(status()).toBe("Bo cannot chat for now. Undo");
    button(element, "Undo").click();
    await settle();
    expect(asked[1]?.[1]).toBe("/admin/audit/a1/undo");
    expect(status()).toBe("Undone.");
  });

  it("offers the reasons and the lengths that the host wrote, as the administration does", async () => {
    const reasons = [
      { text: "Pushing", minutes: 90 },
      { text: "Name not allowed", minutes: null },
    ];
    const { element, asked, send } = await desk({ "/admin/reasons": { reasons } });
    button(element, "Mute").click();
    expect(buttons(element).slice(5)).toEqual([
      "Pushing",
      "Name not allowed",
      "Other…",
      "90 min",
      "5 min",
      "15 min",
      "1 h",
      "for good",
      "Mute for 90 min",
    ]);
    await send();
    expect(asked[0]?.[2]).toEqual({ reason: "Pushing", minutes: 90 });
    button(element, "Ban").click();
    button(element, "Name not allowed").click();
    button(element, "7 days").click();
    expect(buttons(element)).toContain("Ban for 7 days");
    button(element, "Pushing").click();
    expect(buttons(element)).toContain("Ban for 90 min");
  });

  it("offers the undo for its time only, and never what cannot be undone", async () => {
    const { element, later, status, send } = await desk();
    button(element, "Ban").click();
    await send();
    expect(status()).toContain("Undo");
    for (const run of later) run();
    expect(status()).toBe("Bo cannot come in. ");
    button(element, "Kick").click();
    await send();
    expect(status()).toBe("Bo was asked to leave.");
  });

  it("bans the guest it sees, for good when that is chosen", async () => {
    const { element, asked, send } = await desk();
    button(element, "Ban").click();
    button(element, "for good").click();
    await send();
    expect(asked[0]?.[2]).toEqual({
      sessionId: "n1-7",
      what: ["guest"],
      reason: "Follows people",
      minutes: null,
    });
  });

  it("warns with words of one's own, and not without", async () => {
    const { element, asked, status, send } = await desk();
    button(element, "Warn").click();
    button(element, "Other…").click();
    await send();
    expect(asked).toEqual([]);
    expect(status()).toContain("A warning needs a reason");
    const other = element.querySelector("input");
    if (other) other.value = "Mind the flowers.";
    other?.dispatchEvent(new Event("input"));
    await send();
    expect(asked[0]?.[2]).toEqual({ message: "Mind the flowers." });
  });

  it("writes to them alone, and not without words", async () => {
    const { element, asked, status, send } = await desk();
    button(element, "Write to them").click();
    await send();
    expect([asked, status()]).toEqual([[], "Write what they should read."]);
    const words = element.querySelector<HTMLInputElement>(".desk-letter input");
    if (words) words.value = "The boat leaves at nine.";
    words?.dispatchEvent(new Event("input"));
    await send();
    expect(asked).toEqual([["POST", "/admin/sessions/n1-7/tell", { message: "The boat leaves at nine." }]]);
    expect(status()).toBe("Bo reads it now.");
  });

  it("says so when nobody is there any more, or when it may not", async () => {
    const gone = await desk({ "/admin/sessions": { sessions: [] } });
    expect(gone.status()).toBe("They are not here any more.");
    expect(button(gone.element, "Kick").disabled).toBe(true);
    const refused = await desk({ "/admin/sessions": undefined });
    expect(refused.status()).toBe("Your account may not do this.");
  });
});
