/**
 * Shoes, arms, coats and what is sewn on them.
 */
import { CLOTHS, SHOES, SKINS } from "../look/look";
import { type Body, colourOf, shaded } from "./body";
import { block, shape, within } from "./brush";

export function paintShoes(body: Body): void {
  const { look, side, swing } = body;
  const leather = look.shoes === null ? colourOf(SKINS, look.skin) : colourOf(SHOES, look.shoes);
  const width = side ? 11.5 : 9;
  const shoe = (x: number, lift: number) => {
    const left = x - (side ? 5 : 4.5);
    block(body.c, leather, left, -6 - lift, width, 6.4, [4, 4, 2.4, 2.4]);
    block(body.c, shaded(body, leather, 0.28), left + 1, -1.6 - lift, width - 2, 1.6);
  };
  if (side) {
    shoe(-1.5 - swing * 5.5, swing < 0 ? 1.5 : 0);
    shoe(-1 + swing * 5.5, swing > 0 ? 1.5 : 0);
  } else {
    shoe(-5.8, swing > 0 ? 3 : 0);
    shoe(5.8, swing < 0 ? 3 : 0);
  }
}

export function paintCoatAndArms(body: Body): void {
  const { look, side, swing, dark } = body;
  const cloth = colourOf(CLOTHS, look.outfit.cloth);
  if (side) {
    paintArm(body, 1, -33, -swing * 0.58, shaded(body, cloth, 0.34));
  } else {
    const lean = (10 * Math.PI) / 180;
    paintArm(body, -9.6, -33.5, 0.19 + swing * lean, shaded(body, cloth, dark > 0 ? 0.06 : 0.3));
    paintArm(body, 9.6, -33.5, -0.19 + swing * lean, shaded(body, cloth, dark > 0 ? 0.3 : 0.06));
  }
  within(
    body.c,
    () => traceCoat(body),
    () => paintCloth(body, cloth),
  );
  if (look.outfit.scarf !== null) paintScarf(body, colourOf(CLOTHS, look.outfit.scarf));
  if (side) paintArm(body, -0.5, -33, swing * 0.58, shaded(body, cloth, 0.14));
}

function paintArm({ c, look }: Body, x: number, y: number, turn: number, sleeve: string): void {
  c.save();
  c.translate(x, y);
  c.rotate(turn);
  shape(c, colourOf(SKINS, look.skin), () => c.arc(0, 15.5, 3.1, 0, Math.PI * 2));
  block(c, sleeve, -3.6, -3, 7.2, 17.5, 3.6);
  c.restore();
}

function traceCoat({ c, side }: Body): void {
  const shoulder = side ? 7.2 : 8.6;
  const hem = side ? 11.6 : 13.2;
  c.moveTo(-shoulder, -39);
  c.bezierCurveTo(-shoulder - 1.5, -30, 0.8 - hem, -18, -hem, -6.5);
  c.quadraticCurveTo(0, -1.8, hem, -6.5);
  c.bezierCurveTo(hem - 0.8, -18, shoulder + 1.5, -30, shoulder, -39);
  c.quadraticCurveTo(0, -43, -shoulder, -39);
}

function paintCloth(body: Body, cloth: string): void {
  const { c, dark } = body;
  c.fillStyle = cloth;
  c.fillRect(-16, -44, 32, 44);
  paintTrim(body, cloth, colourOf(CLOTHS, body.look.outfit.trim));
  c.globalAlpha = 0.2;
  shape(c, body.shade, () => {
    c.moveTo(dark * 3, -44);
    c.quadraticCurveTo(dark * 4.5, -20, dark * 5.5, 2);
    c.lineTo(dark * 30, 2);
    c.lineTo(dark * 30, -44);
  });
}

function paintTrim({ c, look, side, away }: Body, cloth: string, trim: string): void {
  switch (look.outfit.style) {
    case "coat":
      return;
    case "hem":
      shape(c, trim, () => {
        c.moveTo(-16, -14);
        c.quadraticCurveTo(0, -9, 16, -14);
        c.lineTo(16, 0);
        c.lineTo(-16, 0);
      });
      return;
    case "stripes":
      for (const y of [-32, -23.5, -15]) {
        shape(c, trim, () => {
          c.moveTo(-16, y);
          c.quadraticCurveTo(0, y + 4, 16, y);
          c.lineTo(16, y + 4);
          c.quadraticCurveTo(0, y + 8, -16, y + 4);
        });
      }
      return;
    case "buttons":
      if (away || side) return;
      for (const y of [-30, -23, -16]) shape(c, trim, () => c.arc(0, y, 1.7, 0, Math.PI * 2));
      return;
    case "dungarees":
      block(c, trim, -16, -44, 32, 17);
      if (!away && !side) block(c, cloth, -6, -33, 12, 10);
      block(c, cloth, -6.5, -42, 3, 14);
      block(c, cloth, 3.5, -42, 3, 14);
      return;
    case "apron":
      if (away) block(c, trim, -16, -27, 32, 3);
      else if (side) block(c, trim, 2, -31, 14, 22, 3);
      else block(c, trim, -7.5, -31, 15, 22, 4);
  }
}

function paintScarf(body: Body, wool: string): void {
  const { c, side, away, dark } = body;
  block(c, wool, -9.5, -42, 19, 6.6, 3.3);
  block(c, shaded(body, wool), dark > 0 ? 2 : -9.5, -42, 7.5, 6.6, 3.3);
  if (!away) block(c, wool, side ? 3 : 4, -38, 5, 13, 2.4);
}
