/**
 * People, painted once per look, direction and pose into shared sheets.
 *
 * A crowd needs thousands of small pictures; as slots of a few large canvases they cost a fixed amount of memory, and
 * the slots longest unused are painted over.
 */
import type { Canvas2d } from "../art/brush";
import type { Palette } from "../art/palette";
import { type Figure, PERSON_BOX, PERSON_SCALE, paintPerson, paintPersonShadow } from "../art/person";

/** Side of a sheet in device pixels. */
const SHEET = 1024;
/** Sheets kept: 64 MB at most. */
const SHEETS = 16;

interface Slot {
  readonly sheet: Canvas2d;
  readonly x: number;
  readonly y: number;
}

export class FigureSheet {
  private readonly width: number;
  private readonly height: number;
  private readonly footX: number;
  private readonly footY: number;
  private readonly perRow: number;
  private readonly perSheet: number;
  private readonly sheets: Canvas2d[] = [];
  /** In the order of use, the longest unused first. */
  private readonly slots = new Map<string, Slot>();

  constructor(
    private readonly scale: number,
    private readonly palette: Palette,
  ) {
    const unit = scale * PERSON_SCALE;
    this.footX = Math.ceil(PERSON_BOX.left * unit);
    this.footY = Math.ceil(PERSON_BOX.up * unit);
    this.width = this.footX + Math.ceil(PERSON_BOX.right * unit);
    this.height = this.footY + Math.ceil(PERSON_BOX.down * unit);
    this.perRow = Math.floor(SHEET / this.width);
    this.perSheet = this.perRow * Math.floor(SHEET / this.height);
  }

  /** Draws with the feet at a point in device pixels. `lookKey` names the figure's look. */
  draw(c: Canvas2d, figure: Figure, lookKey: string, x: number, y: number): void {
    const slot = this.slotOf(figure, `${lookKey} ${figure.heading} ${figure.pose}`);
    const { width, height } = this;
    c.drawImage(
      slot.sheet.canvas,
      slot.x,
      slot.y,
      width,
      height,
      x - this.footX,
      y - this.footY,
      width,
      height,
    );
  }

  private slotOf(figure: Figure, key: string): Slot {
    const known = this.slots.get(key);
    const slot = known ?? this.freeSlot();
    if (known) this.slots.delete(key);
    else this.paint(figure, slot);
    this.slots.set(key, slot);
    return slot;
  }

  private freeSlot(): Slot {
    const used = this.slots.size;
    if (used === this.perSheet * SHEETS) {
      const [oldest] = this.slots;
      if (oldest) {
        this.slots.delete(oldest[0]);
        return oldest[1];
      }
    }
    const sheet = this.sheets[Math.floor(used / this.perSheet)] ?? this.addSheet();
    const place = used % this.perSheet;
    return { sheet, x: (place % this.perRow) * this.width, y: Math.floor(place / this.perRow) * this.height };
  }

  private addSheet(): Canvas2d {
    const canvas = document.createElement("canvas");
    canvas.width = SHEET;
    canvas.height = SHEET;
    const c = canvas.getContext("2d");
    if (!c) throw new Error("This browser cannot draw on a canvas.");
    this.sheets.push(c);
    return c;
  }

  private paint(figure: Figure, { sheet, x, y }: Slot): void {
    sheet.setTransform(1, 0, 0, 1, 0, 0);
    sheet.clearRect(x, y, this.width, this.height);
    sheet.save();
    sheet.beginPath();
    sheet.rect(x, y, this.width, this.height);
    sheet.clip();
    sheet.setTransform(this.scale, 0, 0, this.scale, x + this.footX, y + this.footY);
    paintPersonShadow(sheet, this.palette);
    paintPerson(sheet, figure, this.palette);
    sheet.restore();
  }
}
