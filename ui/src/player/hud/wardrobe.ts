/**
 * The wardrobe: every part of a look, with the figure beside it. Changes show at once; they are worn when one is done.
 */
import {
  CLOTHS,
  type Dye,
  FACE_STYLES,
  HAIR_COLOURS,
  HAIR_STYLES,
  type Look,
  lookFromSeed,
  OUTFIT_STYLES,
  SHOES,
  SKINS,
} from "../look/look";
import type { Text } from "../text/en";
import type { Speech } from "../text/speech";
import { fullFigure } from "../view/portrait";
import { Dialog } from "./dialog";
import { el } from "./element";

const FIGURE_HEIGHT = 132;

export class Wardrobe extends Dialog {
  private look: Look = lookFromSeed("");
  private readonly parts = el("div", { class: "wardrobe-parts" });

  constructor(
    private readonly speech: Speech,
    private readonly onWear: (look: Look) => void,
  ) {
    super("wardrobe");
  }

  show(look: Look): void {
    const { text } = this.speech;
    this.look = look;
    this.name(text.look, text.close);
    const surprise = el("button", { class: "button button-line", type: "button" }, text.surprise);
    surprise.addEventListener("click", () => this.change(lookFromSeed(`${Math.random()}`)));
    const done = el("button", { class: "button button-filled", type: "button" }, text.done);
    done.addEventListener("click", () => {
      this.onWear(this.look);
      this.close();
    });
    this.body.replaceChildren(this.parts, el("div", { class: "wardrobe-actions" }, surprise, done));
    this.render();
    this.open();
  }

  private change(look: Look): void {
    const focused = [...this.parts.querySelectorAll("button")].indexOf(
      document.activeElement as HTMLButtonElement,
    );
    this.look = look;
    this.render();
    this.parts.querySelectorAll("button")[focused]?.focus();
  }

  private render(): void {
    const { look } = this;
    const { text } = this.speech;
    const { hair, outfit } = look;
    const words = text.lookOf;
    const wear = (part: Partial<Look["outfit"]>) => this.change({ ...look, outfit: { ...outfit, ...part } });
    this.parts.replaceChildren(
      fullFigure(look, FIGURE_HEIGHT),
      this.dyes(words.skin, SKINS, look.skin, (skin) => this.change({ ...look, skin })),
      this.styles(words.hair, HAIR_STYLES, hair.style, (style) =>
        this.change({ ...look, hair: { ...hair, style } }),
      ),
      this.dyes(words.hairColour, HAIR_COLOURS, hair.colour, (colour) =>
        this.change({ ...look, hair: { ...hair, colour } }),
      ),
      this.styles(words.face, FACE_STYLES, look.face, (face) => this.change({ ...look, face })),
      this.styles(words.outfit, OUTFIT_STYLES, outfit.style, (style) => wear({ style })),
      this.dyes(words.cloth, CLOTHS, outfit.cloth, (cloth) => wear({ cloth })),
      this.dyes(words.trim, CLOTHS, outfit.trim, (trim) => wear({ trim })),
      this.dyes(words.scarf, CLOTHS, outfit.scarf, (scarf) =>
        wear({ scarf: scarf === outfit.scarf ? null : scarf }),
      ),
      this.dyes(words.shoes, SHOES, look.shoes, (shoes) => this.change({ ...look, shoes })),
    );
  }

  private styles<S extends keyof Text["style"]>(
    title: string,
    styles: readonly S[],
    worn: S | null,
    onChoose: (style: S) => void,
  ): HTMLElement {
    const chips = styles.map((style) => {
      const chip = el(
        "button",
        { type: "button", "aria-pressed": `${style === worn}` },
        this.speech.text.style[style],
      );
      chip.addEventListener("click", () => onChoose(style));
      return chip;
    });
    return el("fieldset", { class: "styles" }, el("legend", {}, title), ...chips);
  }

  private dyes(
    title: string,
    dyes: readonly Dye[],
    worn: number | null,
    onChoose: (index: number) => void,
  ): HTMLElement {
    const names: Readonly<Record<string, string>> = this.speech.text.dye;
    const swatches = dyes.map((dye, index) => {
      const label = names[dye.word] ?? dye.word;
      const swatch = el("button", { type: "button", "aria-label": label, title: label });
      swatch.setAttribute("aria-pressed", `${index === worn}`);
      swatch.style.setProperty("--dye", dye.colour);
      swatch.addEventListener("click", () => onChoose(index));
      return swatch;
    });
    return el("fieldset", { class: "swatches" }, el("legend", {}, title), ...swatches);
  }
}
