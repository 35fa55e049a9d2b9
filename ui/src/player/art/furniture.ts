/**
 * Everything smaller than a house that stands or floats: trees, lamps, stalls, benches, boats.
 * Origin: the middle of the foot, art pixels, y upwards is negative.
 */
import { ball, block, type Canvas2d, dot, groundShadow, polygon, shape, within } from "./brush";
import { mix, type Palette } from "./palette";

const shadowUnder = (c: Canvas2d, palette: Palette, rx: number, ry: number, x = 0) =>
  groundShadow(c, x, 0, rx, ry, palette.shade, palette.shadowAlpha);

export function paintTree(c: Canvas2d, palette: Palette, crown: string): void {
  shadowUnder(c, palette, 22, 9);
  block(c, palette.trunk, -4, -22, 8, 23, 3);
  block(c, mix(palette.trunk, palette.shade, 0.25), 0, -22, 4, 23, 2);
  ball(c, 0, -40, 24, crown, palette.shade, 0.22);
  ball(c, -3, -62, 17, mix(crown, palette.white, 0.1), palette.shade);
}

export function paintCypress(c: Canvas2d, palette: Palette): void {
  shadowUnder(c, palette, 14, 7);
  block(c, palette.trunk, -3, -10, 6, 11);
  within(
    c,
    () => {
      c.moveTo(0, -92);
      c.bezierCurveTo(19, -60, 19, -10, 0, -8);
      c.bezierCurveTo(-19, -10, -19, -60, 0, -92);
    },
    () => {
      c.fillStyle = palette.tints.leaf;
      c.fillRect(-20, -92, 40, 84);
      c.fillStyle = mix(palette.tints.leaf, palette.shade, 0.24);
      c.fillRect(3, -92, 20, 84);
    },
  );
}

export function paintLamp(c: Canvas2d, palette: Palette): void {
  shadowUnder(c, palette, 7, 4);
  block(c, palette.metal, -2, -56, 4, 56, 2);
  block(c, palette.metal, -6, -4, 12, 5, 2);
  block(c, palette.glass, -7, -74, 14, 18, 5);
  polygon(c, palette.metal, [-10, -73], [0, -83], [10, -73]);
  block(c, palette.metal, -8, -58, 16, 3, 1.5);
}

export function paintBench(c: Canvas2d, palette: Palette): void {
  shadowUnder(c, palette, 24, 6);
  for (const x of [-20, 16]) block(c, palette.fronts.deck, x, -9, 4, 10);
  block(c, mix(palette.deck[0], palette.shade, 0.18), -24, -28, 48, 6, 3);
  block(c, palette.deck[0], -24, -14, 48, 7, 3);
}

export function paintStall(c: Canvas2d, palette: Palette, cloth: string): void {
  shadowUnder(c, palette, 46, 12, 6);
  for (const x of [-40, 35]) block(c, palette.fronts.deck, x, -58, 5, 58);
  block(c, mix(palette.fronts.deck, palette.deck[0], 0.25), -40, -18, 80, 18);
  block(c, palette.deck[0], -44, -28, 88, 10, 3);
  const { red, mint, blossom } = palette.tints;
  const fruit = [red, palette.glass, mint, blossom];
  for (let i = 0; i < 7; i++) ball(c, i * 11.3 - 34, -31, 5.2, fruit[i % 4] ?? red, palette.shade, 0.18);
  paintAwning(c, palette, cloth);
}

function paintAwning(c: Canvas2d, palette: Palette, cloth: string): void {
  const stripes = 8;
  for (let i = 0; i < stripes; i++) {
    const base = i % 2 ? palette.white : cloth;
    const left = -52 + i * 13;
    polygon(c, base, [-44 + i * 11, -86], [-33 + i * 11, -86], [left + 13, -58], [left, -58]);
    shape(c, mix(base, palette.shade, i % 2 ? 0.16 : 0.2), () => c.arc(left + 6.5, -58, 6.5, 0, Math.PI));
  }
}

export function paintFlowers(c: Canvas2d, palette: Palette): void {
  block(c, palette.fronts.stone, -28, -10, 56, 12, 4);
  for (let i = 0; i < 7; i++) dot(c, palette.tints.leaf, i * 7.7 - 23, -12, 6);
  const colours = [palette.tints.red, palette.white, palette.glass];
  for (let i = 0; i < 9; i++) dot(c, colours[i % 3] ?? palette.white, i * 6 - 24, -14 - (i % 2) * 5, 3);
}

export function paintBollard(c: Canvas2d, palette: Palette): void {
  block(c, palette.metal, -5, -15, 10, 16, 3);
  block(c, mix(palette.metal, palette.white, 0.25), -7, -18, 14, 5, 2.5);
}

export function paintBoat(c: Canvas2d, palette: Palette, hull: string, withSail: boolean): void {
  c.save();
  c.globalAlpha = 0.25;
  shape(c, palette.shade, () => c.ellipse(4, 3, 44, 9, 0, 0, Math.PI * 2));
  c.restore();
  if (withSail) paintSails(c, palette);
  within(
    c,
    () => {
      c.moveTo(-46, -20);
      c.quadraticCurveTo(0, -12, 46, -22);
      c.quadraticCurveTo(38, 4, 22, 4);
      c.lineTo(-24, 4);
      c.quadraticCurveTo(-40, 2, -46, -20);
    },
    () => {
      c.fillStyle = hull;
      c.fillRect(-50, -30, 100, 40);
      c.fillStyle = mix(hull, palette.shade, 0.24);
      c.fillRect(8, -30, 50, 40);
      c.globalAlpha = 0.85;
      shape(c, palette.white, () => {
        c.moveTo(-50, -21);
        c.quadraticCurveTo(0, -12, 50, -23);
        c.lineTo(50, -18);
        c.quadraticCurveTo(0, -7, -50, -16);
      });
    },
  );
  c.globalAlpha = 0.8;
  block(c, palette.foam, -30, 2, 58, 3, 2);
  c.globalAlpha = 1;
}

function paintSails(c: Canvas2d, palette: Palette): void {
  block(c, palette.metal, -2, -104, 3.5, 96);
  shape(c, palette.white, () => {
    c.moveTo(4, -102);
    c.quadraticCurveTo(44, -60, 38, -26);
    c.lineTo(4, -26);
  });
  shape(c, mix(palette.white, palette.shade, 0.14), () => {
    c.moveTo(-5, -90);
    c.quadraticCurveTo(-26, -60, -30, -26);
    c.lineTo(-5, -26);
  });
}
