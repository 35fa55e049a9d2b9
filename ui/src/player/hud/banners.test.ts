// @vitest-environment jsdom

import type { SessionState } from "@comutiny/client";
import type { ModerationNotice, NoticeKind } from "@comutiny/client/contract";
import { describe, expect, it } from "vitest";
import { Banners } from "./banners";
import { button, buttons, isShown, onPage, speechIn } from "./scripted";

const LIVE: SessionState = { kind: "live", presence: "joined" };
const adrift = (retryAt: number | null): SessionState => ({ kind: "reconnecting", attempt: 1, retryAt });

function banners() {
  const read: string[] = [];
  let retries = 0;
  const speech = speechIn();
  const it = new Banners(
    speech,
    () => {
      retries += 1;
    },
    (id) => read.push(id),
  );
  const element = onPage(it.element);
  const lost = element.querySelector(".banner") as HTMLElement;
  const spoken = element.querySelector(".visually-hidden") as HTMLElement;
  const notice = () => element.querySelector("[class*=notice-]");
  const show = (given: Partial<ModerationNotice> & { kind: NoticeKind }) =>
    it.notice({ message: "Be kind.", ...given });
  return { it, element, lost, spoken, notice, show, read, speech, retries: () => retries };
}

describe("a lost connection", () => {
  it("counts the seconds down and can be hurried", () => {
    const { it, lost, retries } = banners();
    it.connection(adrift(5000), true);
    expect(isShown(lost)).toBe(true);
    it.tick(2100);
    expect(lost.textContent).toContain("Coming back in 3 s.");
    it.tick(9000);
    expect(lost.textContent).toContain("Coming back in 1 s.");
    button(lost, "Now").click();
    expect(retries()).toBe(1);
  });

  it("offers no hurry while it is being tried", () => {
    const { it, lost } = banners();
    it.connection(adrift(null), true);
    it.tick(1);
    expect(lost.textContent).toContain("You drifted off. Coming back.");
    expect(buttons(lost)).toEqual([]);
  });

  it("is spoken once, and so is the way back", () => {
    const { it, lost, spoken } = banners();
    it.connection(adrift(5000), true);
    it.tick(1000);
    it.tick(2000);
    expect(spoken.textContent).toBe("You drifted off. Coming back.");
    it.connection(LIVE, true);
    expect(spoken.textContent).toBe("You are back.");
    expect(isShown(lost)).toBe(false);
  });

  it("is none for who has not come in yet", () => {
    const { it, lost, spoken } = banners();
    it.connection(adrift(5000), false);
    expect(isShown(lost)).toBe(false);
    expect(spoken.textContent).toBe("");
  });
});

describe("a moderator's notice", () => {
  /** Every kind of the contract: a new one does not compile until it stands here. */
  const TITLES: Readonly<Record<NoticeKind, string>> = {
    warned: "A word from a moderator",
    muted: "You cannot chat for now",
    unmuted: "You can chat again",
    announcement: "To everyone",
    refused: "A moderator did not let your line through",
    lapsed: "No moderator looked at your line in time",
  };

  it.each(Object.entries(TITLES))("%s: %s", (kind, title) => {
    const { notice, show } = banners();
    show({ kind: kind as NoticeKind });
    expect(notice()?.querySelector("b")?.textContent).toBe(title);
  });

  it("of a mute names until when", () => {
    const { notice, show } = banners();
    show({ kind: "muted", until: "2999-11-27T18:00:00Z" });
    expect(notice()?.querySelector("b")?.textContent).toMatch(/^You cannot chat until 27 November 2999, /);
  });

  it.each<[string, Partial<ModerationNotice> & { kind: NoticeKind }, string]>([
    ["a warning: what the moderator wrote", { kind: "warned" }, "Be kind."],
    [
      "a mute: its reason",
      { kind: "muted", message: "A moderator muted you. Reason: Shouts", reason: "Shouts" },
      "Motivo: Shouts",
    ],
    [
      "a mute without a reason: nothing",
      { kind: "muted", message: "A moderator muted you.", reason: "" },
      "",
    ],
    [
      "a mute of an older server: its sentence",
      { kind: "muted", message: "A moderator muted you." },
      "A moderator muted you.",
    ],
    ["the end of a mute: nothing", { kind: "unmuted", message: "You may speak again." }, ""],
    ["a refused line: the line", { kind: "refused", content: "you f00l" }, "«you f00l»"],
    ["a line that nobody looked at: the line", { kind: "lapsed", content: "you f00l" }, "«you f00l»"],
    ["a refused line that is not sent along: nothing", { kind: "refused" }, ""],
  ])("says below its title, of %s", (_, given, words) => {
    const { notice, show, speech } = banners();
    speech.choose("es");
    show(given);
    const shown = notice()?.querySelector(".banner-words");
    shown?.querySelector("b")?.remove();
    expect(shown?.textContent).toBe(words);
  });

  it("of a warning is understood, and the server learns of it", () => {
    const { element, notice, show, read } = banners();
    show({ kind: "warned", id: "w1" });
    button(element, "Understood").click();
    expect([read, notice()]).toEqual([["w1"], null]);
  });

  it("without an id is closed and nothing more", () => {
    const { element, notice, show, read } = banners();
    show({ kind: "announcement" });
    button(element, "Close").click();
    expect([read, notice()]).toEqual([[], null]);
  });

  it("is the newest one, as text", () => {
    const { it, element, notice, show } = banners();
    show({ kind: "warned" });
    show({ kind: "announcement", message: "<b>Tea</b> at five" });
    expect(element.querySelectorAll("[class*=notice-]")).toHaveLength(1);
    expect(notice()?.textContent).toContain("<b>Tea</b> at five");
    it.clearNotices();
    expect(notice()).toBeNull();
  });
});

describe("an announcement that stands", () => {
  const HOUR_MS = 3_600_000;
  const parade = (id: string, ms: number) => ({
    id,
    message: "The parade starts at three.",
    at: new Date().toISOString(),
    until: new Date(Date.now() + ms).toISOString(),
  });
  const shown = (element: HTMLElement) => element.querySelector(".notice-pinned");

  it("says until when, and goes at its end or when the server takes it away", () => {
    const { it, element } = banners();
    it.pin(parade("1", HOUR_MS));
    expect(shown(element)?.textContent).toMatch(/^The parade starts at three\.Pinned until/);
    it.tick(0);
    expect(shown(element)).not.toBeNull();
    it.pin(null);
    expect(shown(element)).toBeNull();
    it.pin(parade("2", -1));
    expect(shown(element)).toBeNull();
  });

  it("stays closed for who has read it, and the next one is another", () => {
    const { it, element } = banners();
    it.pin(parade("1", HOUR_MS));
    button(element, "Close").click();
    it.pin(parade("1", HOUR_MS));
    expect(shown(element)).toBeNull();
    it.pin(parade("2", HOUR_MS));
    expect(shown(element)).not.toBeNull();
  });
});
