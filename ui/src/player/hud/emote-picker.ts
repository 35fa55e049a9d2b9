/**
 * Lower right: the emotes one can show, behind one button. The keys 1 to 8 show them without it.
 */
import smiley from "@phosphor-icons/core/assets/regular/smiley.svg?raw";
import { EMOTE_SIZE, paintEmote } from "../art/emote-art";
import { el, icon, show } from "../dom/element";
import { EMOTES, type EmoteName } from "../emote/emotes";
import type { Speech } from "../text/speech";
import { Popover } from "./popover";

export class EmotePicker {
  private readonly button = el(
    "button",
    { class: "icon-button hud-button emote-button", type: "button" },
    icon(smiley, 22),
  );
  private readonly sheet = el("div", { class: "panel emotes", role: "group", hidden: "" });
  readonly element = el("div", { class: "emote-corner" }, this.sheet, this.button);

  private readonly popover: Popover;

  constructor(speech: Speech, onPick: (name: EmoteName) => void) {
    const choices = EMOTES.map((name, i) => {
      const choice = el("button", { type: "button" }, el("kbd", { "aria-hidden": "true" }, `${i + 1}`));
      choice.addEventListener("click", () => {
        this.popover.close();
        onPick(name);
      });
      return choice;
    });
    this.sheet.append(...choices);
    const paint = () =>
      choices.forEach((choice, i) => {
        const name = EMOTES[i];
        if (name && !choice.querySelector("canvas")) choice.prepend(emotePicture(name));
      });
    this.popover = new Popover({
      around: this.element,
      button: this.button,
      panel: this.sheet,
      show: (open) => {
        // Painted when they are first wanted.
        if (open) paint();
        show(this.sheet, open);
      },
    });
    speech.render((text) => {
      this.button.setAttribute("aria-label", text.emotes);
      this.button.title = text.emotes;
      this.sheet.setAttribute("aria-label", text.emotes);
      choices.forEach((choice, i) => {
        const name = EMOTES[i];
        if (!name) return;
        choice.setAttribute("aria-label", text.emote[name]);
        choice.title = text.emote[name];
      });
    });
  }

  inWorld(inside: boolean): void {
    show(this.element, inside);
    if (!inside) this.popover.close();
  }
}

function emotePicture(name: EmoteName): HTMLCanvasElement {
  const canvas = el("canvas", { "aria-hidden": "true" });
  const ratio = Math.max(2, globalThis.devicePixelRatio || 1);
  canvas.width = EMOTE_SIZE * ratio;
  canvas.height = EMOTE_SIZE * ratio;
  const c = canvas.getContext("2d");
  if (c) {
    c.setTransform(ratio, 0, 0, ratio, canvas.width / 2, canvas.height / 2);
    paintEmote(c, name);
  }
  return canvas;
}
