// @vitest-environment jsdom
import { expect, it } from "vitest";
import { EMOTES } from "../emote/emotes";
import { BrandPanel } from "./brand-panel";
import { EmotePicker } from "./emote-picker";
import { button, isShown, onPage, speechIn } from "./scripted";

function picker() {
  const picked: string[] = [];
  const it = new EmotePicker(speechIn(), (name) => picked.push(name));
  const element = onPage(it.element);
  return { it, element, picked, sheet: element.querySelector(".emotes") as HTMLElement };
}

it("an emote is two presses away, and the sheet closes", () => {
  const { element, picked, sheet } = picker();
  button(element, "Show a feeling").click();
  expect(sheet.querySelectorAll("button")).toHaveLength(EMOTES.length);
  button(sheet, "Heart").click();
  expect([picked, sheet.hidden]).toEqual([["heart"], true]);
});

it("the sheet of emotes goes when one leaves the world", () => {
  const { it: emotes, element, sheet } = picker();
  button(element, "Show a feeling").click();
  emotes.inWorld(false);
  expect([isShown(element), sheet.hidden]).toEqual([false, true]);
});

it("the title of the page is the world's name, and the lantern is how the connection is", () => {
  const panel = new BrandPanel();
  onPage(panel.element);
  panel.nameWorld("Faro");
  expect(document.title).toBe("Faro · CoMutiNy");
  panel.nameWorld("");
  expect(document.title).toBe("CoMutiNy");
  const lantern = (state: Parameters<BrandPanel["light"]>[0]) => {
    panel.light(state);
    return document.body.dataset.lantern;
  };
  const ended = { reason: "", message: "" };
  expect(lantern({ kind: "connecting" })).toBe("starting");
  expect(lantern({ kind: "live", presence: "watching" })).toBe("lit");
  expect(lantern({ kind: "reconnecting", attempt: 1, retryAt: null })).toBe("out");
  expect(lantern({ kind: "terminated", code: "shutdown", ...ended })).toBe("out");
  expect(lantern({ kind: "terminated", code: "kicked", ...ended })).toBe("lit");
});
