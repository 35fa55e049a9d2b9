/**
 * People, painted once per look, direction and pose and shown often.
 *
 * One small canvas each: shared sheets were tried, and every new figure made the browser copy the whole sheet before
 * the next one could be drawn from it. The memory for all of them is bounded.
 */
import type { Canvas2d } from "../art/brush";
import type { Palette } from "../art/palette";
import {
  type Figure,
  type Heading,
  PERSON_BOX,
  PERSON_SCALE,
  type Pose,
  paintPerson,
  paintPersonShadow,
} from "../art/person";
import { type Picture, PictureStore, paintPicture } from "./picture";
import { drawFrame, frameOf, type Sheet, sheetZoom } from "./sheet";

/** Memory for all pictures of people, bytes: at a ratio of 1 some 3000 of them. */
const BUDGET = 64 * 1024 * 1024;
const BYTES_PER_PIXEL = 4;

export class Figures {
  private readonly footX: number;
  private readonly footY: number;
  private readonly width: number;
  private readonly height: number;
  private readonly pictures: PictureStore<Picture>;

  constructor(
    private readonly scale: number,
    private readonly palette: Palette,
  ) {
    const unit = scale * PERSON_SCALE;
    this.footX = Math.ceil(PERSON_BOX.left * unit);
    this.footY = Math.ceil(PERSON_BOX.up * unit);
    this.width = this.footX + Math.ceil(PERSON_BOX.right * unit);
    this.height = this.footY + Math.ceil(PERSON_BOX.down * unit);
    this.pictures = new PictureStore(Math.floor(BUDGET / (this.width * this.height * BYTES_PER_PIXEL)));
  }

  /** Draws with the feet at a point in device pixels. `lookKey` names the figure's look. */
  draw(c: Canvas2d, figure: Figure, lookKey: string, x: number, y: number): void {
    const key = `${lookKey} ${figure.heading} ${figure.pose}`;
    const { canvas } = this.pictures.get(key, () => this.paint(figure));
    c.drawImage(canvas, x - this.footX, y - this.footY);
  }

  /** The same from a sheet of the atlas. It may be of any size; its feet stand where a peg person's do. */
  drawFrom(c: Canvas2d, sheet: Sheet, heading: Heading, pose: Pose, x: number, y: number): void {
    const { feetX, feetY, frameWidth, frameHeight } = sheet.layout;
    const zoom = sheetZoom(sheet.layout, this.scale);
    const footX = Math.max(this.footX, Math.ceil(feetX * zoom));
    const footY = Math.max(this.footY, Math.ceil(feetY * zoom));
    const { canvas } = this.pictures.get(`${sheet.key} ${heading} ${pose}`, () => {
      const width = footX + Math.max(this.width - this.footX, (frameWidth - feetX) * zoom);
      const height = footY + Math.max(this.height - this.footY, (frameHeight - feetY) * zoom);
      return paintPicture(width, height, (picture) => {
        picture.setTransform(this.scale, 0, 0, this.scale, footX, footY);
        paintPersonShadow(picture, this.palette);
        picture.setTransform(1, 0, 0, 1, footX, footY);
        drawFrame(picture, sheet, frameOf(sheet.layout, heading, pose), zoom);
      });
    });
    c.drawImage(canvas, x - footX, y - footY);
  }

  private paint(figure: Figure): Picture {
    return paintPicture(this.width, this.height, (c) => {
      c.setTransform(this.scale, 0, 0, this.scale, this.footX, this.footY);
      paintPersonShadow(c, this.palette);
      paintPerson(c, figure, this.palette);
    });
  }
}
