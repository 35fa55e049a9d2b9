/**
 * People who wear a sheet of the atlas: each frame of it brought to the scale of the world once, and shown often.
 */
import type { Canvas2d } from "../art/brush";
import type { Palette } from "../art/palette";
import { type Heading, PERSON_BOX, PERSON_SCALE, type Pose, paintPersonShadow } from "../art/person";
import { type Picture, PictureStore, paintPicture } from "./picture";
import { drawFrame, frameOf, type Sheet, sheetZoom } from "./sheet";

/** Frames kept: 25 sheets in every direction and pose. */
const KEPT = 400;

export class SheetFigures {
  private readonly pictures = new PictureStore<string, Picture>(KEPT);

  constructor(
    private readonly scale: number,
    private readonly palette: Palette,
  ) {}

  /** Draws with the feet at a point in device pixels. A sheet may be of any size. */
  draw(c: Canvas2d, sheet: Sheet, heading: Heading, pose: Pose, x: number, y: number): void {
    const { feetX, feetY, frameWidth, frameHeight } = sheet.layout;
    const zoom = sheetZoom(sheet.layout, this.scale);
    const unit = this.scale * PERSON_SCALE;
    // Room for the shadow, also under the narrowest figure.
    const footX = Math.ceil(Math.max(PERSON_BOX.left * unit, feetX * zoom));
    const footY = Math.ceil(feetY * zoom);
    const { image } = this.pictures.get(`${sheet.key} ${heading} ${pose}`, () => {
      const width = footX + Math.max(PERSON_BOX.right * unit, (frameWidth - feetX) * zoom);
      const height = footY + Math.max(PERSON_BOX.down * unit, (frameHeight - feetY) * zoom);
      return paintPicture(width, height, (picture) => {
        picture.setTransform(this.scale, 0, 0, this.scale, footX, footY);
        paintPersonShadow(picture, this.palette);
        picture.setTransform(1, 0, 0, 1, footX, footY);
        drawFrame(picture, sheet, frameOf(sheet.layout, heading, pose), zoom);
      });
    });
    c.drawImage(image, x - footX, y - footY);
  }
}
