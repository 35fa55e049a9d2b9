/**
 * The wardrobe, in the world: what one wears, in a dialog of its own.
 */
import type { AvatarLook, SpriteAtlas } from "@comutiny/client/contract";
import type { Speech } from "../text/speech";
import type { Portraits, Sitter } from "../view/portrait";
import { Dialog } from "./dialog";
import { Dressing } from "./dressing";

export class Wardrobe extends Dialog {
  private readonly dressing: Dressing;

  constructor(
    private readonly speech: Speech,
    portraits: Portraits,
    onWear: (look: AvatarLook) => void,
  ) {
    super("wardrobe");
    this.dressing = new Dressing(speech, portraits, (look) => {
      onWear(look);
      this.close();
    });
  }

  show(sitter: Sitter, atlas: SpriteAtlas): void {
    const { text } = this.speech;
    this.name(text.look, text.close);
    this.dressing.show(sitter, atlas);
    this.body.replaceChildren(this.dressing.element);
    this.open();
    this.dressing.focus();
  }
}
