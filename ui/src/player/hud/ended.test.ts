// @vitest-environment jsdom

import type { SessionTerminated } from "@comutiny/client/contract";
import type { TerminationCode } from "@comutiny/client/declarations";
import { describe, expect, it } from "vitest";
import { LANGUAGE_CODES, type Language } from "../../languages";
import { lookFromSeed } from "../look/look";
import { Ended } from "./ended";
import { button, buttons, onPage, portraits, speechIn } from "./scripted";

const SITTER = { look: lookFromSeed("a"), sheetId: null };
const UNTIL = "2999-11-27T18:00:00Z";

function shown(ended: Partial<SessionTerminated> & { readonly code: string }, code: Language = "en") {
  let again = 0;
  const scene = new Ended(speechIn(code), portraits, () => {
    again += 1;
  });
  onPage(scene.element);
  scene.show({ reason: "", message: "The server's sentence.", ...ended }, "Faro", SITTER);
  return { scene: scene.element, text: scene.element.textContent ?? "", again: () => again };
}

/** Every code of the contract: a new one does not compile until it stands here. */
const WORDS: Readonly<Record<TerminationCode, { title: string; body: string; again: string }>> = {
  duplicate: {
    title: "You are in from another window",
    body: "One person walks in one window",
    again: "Play here instead",
  },
  kicked: {
    title: "You were asked to leave",
    body: "A moderator ended your visit to Faro.",
    again: "Go back in",
  },
  banned: { title: "You cannot come in", body: "A moderator closed Faro to you.", again: "Try again" },
  shutdown: { title: "The lights are out", body: "The host closed Faro.", again: "Try again" },
  "slow-consumer": {
    title: "Your connection fell behind",
    body: "faster than your connection",
    again: "Go back in",
  },
  flooding: {
    title: "Too much at once",
    body: "far more than the world can take",
    again: "Go back in",
  },
  idle: { title: "You were away for a while", body: "nothing happened in this window", again: "Go back in" },
};
const CODES = Object.keys(WORDS) as TerminationCode[];

describe.each(CODES)("a visit that ended by %s", (code) => {
  it("has a title, what happened and a way back", () => {
    const { scene, text } = shown({ code });
    expect(scene.querySelector("h1")?.textContent).toBe(WORDS[code].title);
    expect(text).toContain(WORDS[code].body);
    expect(text).not.toContain("The server's sentence.");
    expect(buttons(scene)).toEqual([WORDS[code].again, "Leave for today"]);
  });

  it.each(LANGUAGE_CODES)("has all its words in %s", (language) => {
    const { text } = shown({ code, until: UNTIL, reason: "spam" }, language);
    expect(text).not.toMatch(/undefined|\[object|=>/);
  });
});

describe("the end of a visit", () => {
  it("shows a moderator's own words as theirs", () => {
    for (const code of ["kicked", "banned"]) {
      const { scene, text } = shown({ code, reason: "<b>No</b> spam" });
      expect(scene.querySelector("blockquote")?.textContent).toBe("<b>No</b> spam");
      expect(text).toContain("and wrote:");
    }
  });

  it("quotes nobody where nobody wrote anything: the server then sends its own sentence", () => {
    const message = "You were asked to leave.";
    const { scene, text } = shown({ code: "kicked", reason: message, message }, "es");
    expect(scene.querySelector("blockquote")).toBeNull();
    expect(text).toContain("Una persona moderadora terminó tu visita a Faro.");
    expect(text).not.toContain(message);
  });

  it("says in the page's language that the account is gone, as nobody's words", () => {
    const { scene, text } = shown({ code: "kicked", reason: "Your account was removed." }, "es");
    expect(scene.querySelector("blockquote")).toBeNull();
    expect(text).toContain("Se ha eliminado tu cuenta.");
  });

  it("names until when a ban lasts, and what comes after", () => {
    const { scene, text } = shown({ code: "banned", until: UNTIL });
    expect(scene.querySelector("h1")?.textContent).toMatch(/^You cannot come in until 27 November 2999, /);
    expect(text).toContain("After that the door is open again.");
  });

  it("shows the server's sentence for a code it does not know", () => {
    expect(shown({ code: "moved" }).text).toContain("The server's sentence.");
    const { scene } = shown({ code: "moved", reason: "Come to the other harbour." });
    expect(scene.querySelector("blockquote")?.textContent).toBe("Come to the other harbour.");
  });

  it("calls a world without a name by the program's", () => {
    const scene = new Ended(speechIn(), portraits, () => {});
    scene.show({ code: "shutdown", reason: "", message: "" }, "", SITTER);
    expect(scene.element.textContent).toContain("The host closed CoMutiNy.");
  });

  it("is read out from its title on", () => {
    const { scene } = shown({ code: "idle" });
    const card = scene.querySelector("[role=alertdialog]");
    expect(card?.getAttribute("aria-labelledby")).toBe(document.activeElement?.id);
    expect(document.activeElement?.tagName).toBe("H1");
  });

  it("lets go for today, and back in all the same", () => {
    const { scene, again } = shown({ code: "kicked" });
    button(scene, "Leave for today").click();
    expect(scene.querySelector("h1")?.textContent).toBe("Until next time");
    expect(buttons(scene)).toEqual(["Go back in"]);
    button(scene, "Go back in").click();
    expect(again()).toBe(1);
  });
});
