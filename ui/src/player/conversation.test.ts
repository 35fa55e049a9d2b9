// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { EMPTY_MIRROR, type Session } from "../sdk";
import { ScriptedClock, settle } from "../sdk/scripted";
import { Conversation } from "./conversation";
import { field, onPage, player, speechIn, submit } from "./hud/scripted";
import { Muted } from "./muted";
import type { Stage } from "./stage";

const UNTIL = "2999-11-27T18:00:00Z";

function conversation(answer: Awaited<ReturnType<Session["sendChat"]>> = { ok: true }) {
  const bubbles: string[] = [];
  const muted = new Muted(null);
  const speech = speechIn();
  const stage = {
    actors: { selfId: "me" },
    bubbles: {
      show: ({ content }: { content: string }) => bubbles.push(content),
      feel: (id: string, name: string) => bubbles.push(`${id} ${name}`),
      hush: (id: string) => bubbles.push(`${id} hushed`),
    },
  } as unknown as Stage;
  const session = { sendChat: async () => answer, update: () => {} } as unknown as Session;
  const it = new Conversation({
    session,
    speech,
    muted,
    stage,
    scheduler: new ScriptedClock(),
    onLeave: () => {},
  });
  const element = onPage(it.chat.element);
  const notice = () => {
    const shown = element.querySelector<HTMLElement>("#chat-silenced");
    return shown?.hidden ? null : shown?.textContent;
  };
  return { it, element, notice, speech, muted, bubbles };
}

describe("a mute", () => {
  it("stands above the field from a moderator's notice to the end of it", () => {
    const { it, notice } = conversation();
    it.noticed({ kind: "muted", message: "spam" });
    expect(notice()).toBe("You cannot chat for now");
    it.noticed({ kind: "muted", message: "spam", until: UNTIL });
    expect(notice()).toMatch(/^You cannot chat until 27 November 2999, /);
    it.noticed({ kind: "unmuted", message: "" });
    expect(notice()).toBeNull();
  });

  it("of before the page was loaded shows with the first refused line", async () => {
    const { element, notice } = conversation({ ok: false, code: "muted", message: "", until: UNTIL });
    field(element, "chat-field").value = "Hello";
    submit(element);
    await settle();
    expect(notice()).toMatch(/^You cannot chat until /);
    expect(element.textContent).toContain("You cannot chat for now.");
    expect(field(element, "chat-field").value).toBe("Hello");
  });

  it("speaks the language of the page, and ends with a new connection", () => {
    const { it, notice, speech } = conversation();
    it.noticed({ kind: "muted", message: "" });
    speech.choose("es");
    expect(notice()).toBe(speech.text.notice.muted);
    it.forgetSilence();
    expect(notice()).toBeNull();
  });
});

describe("whom the visitor does not want to hear", () => {
  const line = { id: "1", playerId: "b", author: "Bo", content: "Hello", timestamp: "" };
  const mirror = { ...EMPTY_MIRROR, chat: [line], players: new Map([["b", player("b")]]) };

  it("has neither lines nor bubbles, and has them again", () => {
    const { it, element, muted, bubbles } = conversation();
    it.received(line, mirror);
    expect([bubbles, element.querySelectorAll("li").length]).toEqual([["Hello"], 1]);
    muted.toggle("b");
    it.muteChanged("b", mirror);
    it.received(line, mirror);
    expect([bubbles, element.querySelectorAll("li").length]).toEqual([["Hello", "b hushed"], 0]);
    muted.toggle("b");
    it.muteChanged("b", mirror);
    expect(element.querySelectorAll("li")).toHaveLength(1);
  });
});
