// @vitest-environment jsdom

import { EMPTY_MIRROR, type Session } from "@comutiny/client";
import { ScriptedClock, settle } from "@comutiny/client/scripted";
import { describe, expect, it } from "vitest";
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
  const updates: unknown[] = [];
  const session = {
    sendChat: async () => answer,
    emote: async () => answer,
    update: (change: unknown) => updates.push(change),
  } as unknown as Session;
  const clock = new ScriptedClock();
  const it = new Conversation({
    session,
    speech,
    muted,
    stage,
    scheduler: clock,
    onLeave: () => {},
    onWord: () => {},
  });
  const element = onPage(it.chat.element);
  const notice = () => {
    const shown = element.querySelector<HTMLElement>("#chat-silenced");
    return shown?.hidden ? null : shown?.textContent;
  };
  return { it, element, notice, speech, muted, bubbles, updates, clock };
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

describe("a line that a moderator did not let through", () => {
  it("is named in the chat, in the language of the page", () => {
    const { it, element, notice, speech } = conversation();
    it.noticed({
      kind: "refused",
      message: "A moderator did not let your line through.",
      content: "you f00l",
    });
    speech.choose("es");
    it.noticed({ kind: "refused", message: "A moderator did not let your line through." });
    it.noticed({ kind: "lapsed", message: "No moderator decided about your line in time.", content: "boba" });
    expect([...element.querySelectorAll("li")].map((line) => line.textContent)).toEqual([
      "A moderator did not let your line through: “you f00l”",
      "Moderación no ha dejado pasar tu línea",
      "Moderación no ha mirado tu línea a tiempo: «boba»",
    ]);
    expect(notice()).toBeNull();
  });
});

describe("an emote", () => {
  const players = new Map([["b", player("b")]]);
  const patch = (nonce: string) => ({ id: "b", metadata: { emote: { name: "wave", nonce } } });

  it("of a page that says it twice is shown once, and later ones of older pages again", async () => {
    const { it, bubbles, clock } = conversation();
    it.felt([patch("1")], players);
    expect(bubbles).toEqual(["b wave"]);
    it.showEmote({ id: "b", name: "heart" }, players);
    it.felt([patch("2")], players);
    expect(bubbles).toEqual(["b wave", "b heart"]);
    await clock.pass(2000);
    it.felt([patch("3")], players);
    expect(bubbles).toEqual(["b wave", "b heart", "b wave"]);
  });

  it("of an unknown name or an unknown player is nothing", () => {
    const { it, bubbles } = conversation();
    it.showEmote({ id: "b", name: "constructor" }, players);
    it.showEmote({ id: "c", name: "wave" }, players);
    expect(bubbles).toEqual([]);
  });

  it("is also told to pages that only know the metadata, unless it was refused", async () => {
    const taken = conversation();
    taken.it.feel("wave");
    await settle();
    expect(taken.updates).toMatchObject([{ metadata: { emote: { name: "wave" } } }]);
    const older = conversation({ ok: false, code: "unknown-event", message: "" });
    older.it.feel("wave");
    await settle();
    expect(older.updates).toHaveLength(1);
    const refused = conversation({ ok: false, code: "muted", message: "" });
    refused.it.feel("wave");
    await settle();
    expect([refused.updates, refused.notice()]).toEqual([[], "You cannot chat for now"]);
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
