/**
 * Houses, gate and lighthouse. Origin: the middle of the foot, art pixels, y upwards is negative.
 */
import { block, type Canvas2d, dot, groundShadow, polygon, shape, within } from "./brush";
import { mix, type Palette } from "./palette";

export interface HouseShape {
  readonly width: number;
  readonly height: number;
  readonly roof: string;
}

export function paintHouse(c: Canvas2d, palette: Palette, { width, height, roof }: HouseShape): void {
  const half = width / 2;
  paintWalls(c, palette, width, height);
  polygon(
    c,
    roof,
    [-half - 9, 4 - height],
    [12 - half, -height - 42],
    [half - 12, -height - 42],
    [half + 9, 4 - height],
  );
  polygon(
    c,
    mix(roof, palette.shade, 0.2),
    [half - 30, 4 - height],
    [half - 34, -height - 42],
    [half - 12, -height - 42],
    [half + 9, 4 - height],
  );
  block(c, mix(roof, palette.white, 0.3), -half - 9, 2 - height, width + 18, 3);
  block(c, mix(palette.plaster, palette.shade, 0.1), -half + 20, -height - 56, 13, 22);
  block(c, palette.wall, -half + 18, -height - 59, 17, 5, 2);
  paintDoor(c, palette);
  for (const x of [-34, 34]) paintWindow(c, palette, x);
}

export function paintDome(c: Canvas2d, palette: Palette, { width, height, roof }: HouseShape): void {
  const radius = width * 0.36;
  const foot = -height - 8;
  paintWalls(c, palette, width, height);
  within(
    c,
    () => c.arc(0, foot, radius, Math.PI, 0),
    () => {
      c.fillStyle = mix(roof, palette.shade, 0.24);
      c.fillRect(-radius, foot - radius, radius * 2, radius);
      dot(c, roof, -radius * 0.36, foot, radius * 1.06);
    },
  );
  block(c, palette.wall, -width / 2 - 5, -height - 10, width + 10, 14, 3);
  block(c, palette.metal, -1, foot - radius - 7, 2, 8);
  dot(c, palette.glass, 0, foot - radius - 9, 5);
  paintDoor(c, palette);
  for (const x of [-32, 32]) paintWindow(c, palette, x);
}

function paintWalls(c: Canvas2d, palette: Palette, width: number, height: number): void {
  const half = width / 2;
  c.save();
  c.globalAlpha = palette.shadowAlpha;
  polygon(c, palette.shade, [half, 0], [half + 24, -5], [half + 24, -34], [half, -44]);
  c.restore();
  block(c, palette.plaster, -half, -height, width, height);
  block(c, mix(palette.plaster, palette.shade, 0.12), half - 16, -height, 16, height);
}

function paintDoor(c: Canvas2d, palette: Palette): void {
  archway(c, palette.metal, 0, 0, 11, 26);
  dot(c, palette.glass, 6, -15, 1.8);
}

function paintWindow(c: Canvas2d, palette: Palette, x: number): void {
  archway(c, palette.metal, x, -34, 8, 18);
  archway(c, palette.glass, x, -36, 6, 16);
  block(c, palette.metal, x - 1, -58, 2, 22);
}

/** A round-topped opening: `rise` to where the round begins. */
function archway(c: Canvas2d, fill: string, x: number, foot: number, half: number, rise: number): void {
  shape(c, fill, () => {
    c.moveTo(x - half, foot);
    c.lineTo(x - half, foot - rise);
    c.arc(x, foot - rise, half, Math.PI, 0);
    c.lineTo(x + half, foot);
  });
}

export function paintGate(c: Canvas2d, palette: Palette): void {
  groundShadow(c, 8, 0, 64, 9, palette.shade, palette.shadowAlpha);
  shape(c, palette.plaster, () => {
    c.moveTo(-72, 0);
    c.lineTo(-72, -118);
    c.lineTo(72, -118);
    c.lineTo(72, 0);
    c.lineTo(44, 0);
    c.lineTo(44, -52);
    c.arc(0, -52, 44, 0, Math.PI, true);
    c.lineTo(-44, 0);
  });
  block(c, mix(palette.plaster, palette.shade, 0.14), 58, -118, 14, 118);
  // The inner side of the arch, in the shade.
  shape(c, mix(palette.plaster, palette.shade, 0.26), () => {
    c.moveTo(-44, 0);
    c.lineTo(-44, -52);
    c.arc(0, -52, 44, Math.PI, 0);
    c.lineTo(44, -44);
    c.arc(2, -46, 40, 0, Math.PI, true);
    c.lineTo(-38, 0);
  });
  block(c, palette.wall, -80, -134, 160, 20, 3);
  for (const x of [-52, 0, 52]) {
    block(c, palette.plaster, x - 17, -152, 34, 18);
    block(c, palette.wall, x - 20, -156, 40, 7);
  }
  for (const x of [-58, 58]) {
    polygon(c, palette.tints.blue, [x - 8, -96], [x + 8, -96], [x + 8, -56], [x, -64], [x - 8, -56]);
  }
}

const TOWER = 190;

export function paintLighthouse(c: Canvas2d, palette: Palette): void {
  groundShadow(c, 10, 0, 44, 16, palette.shade, palette.shadowAlpha);
  const tower = () => {
    c.moveTo(-34, 0);
    c.lineTo(-21, -TOWER);
    c.lineTo(21, -TOWER);
    c.lineTo(34, 0);
    c.quadraticCurveTo(0, 12, -34, 0);
  };
  within(c, tower, () => {
    c.fillStyle = palette.wall;
    c.fillRect(-40, -TOWER, 80, TOWER + 12);
    for (const band of [28, 98]) {
      shape(c, palette.tints.red, () => {
        c.moveTo(-40, -band);
        c.quadraticCurveTo(0, 12 - band, 40, -band);
        c.lineTo(40, -band - 36);
        c.quadraticCurveTo(0, -band - 24, -40, -band - 36);
      });
    }
    c.globalAlpha = 0.18;
    polygon(c, palette.shade, [10, 12], [6, -TOWER], [60, -TOWER], [60, 12]);
  });
  block(c, palette.metal, -28, -TOWER - 6, 56, 9, 3);
  block(c, palette.glass, -15, -TOWER - 30, 30, 25);
  for (const x of [-15, -1.5, 12]) block(c, palette.metal, x, -TOWER - 30, 3, 25);
  within(
    c,
    () => c.arc(0, -TOWER - 30, 19, Math.PI, 0),
    () => {
      c.fillStyle = palette.tints.red;
      c.fillRect(-20, -TOWER - 50, 40, 20);
      c.fillStyle = mix(palette.tints.red, palette.shade, 0.22);
      c.fillRect(5, -TOWER - 50, 20, 20);
    },
  );
  block(c, palette.metal, -1.5, -TOWER - 58, 3, 10);
  archway(c, palette.metal, 0, 6, 10, 20);
}
