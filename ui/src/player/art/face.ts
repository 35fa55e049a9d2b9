/**
 * The head and what looks out of it.
 */
import { SKINS } from "../look/look";
import { type Body, colourOf, EYE, HEAD, hairColour, litBall } from "./body";
import { type Canvas2d, shape, within } from "./brush";

export function paintHead(body: Body): void {
  const { c, look, side, away } = body;
  litBall(body, 0, HEAD.y, HEAD.r, colourOf(SKINS, look.skin), 0.16);
  if (away || look.face === null) return;
  const eyes = side ? [7.2] : [-4.9, 4.9];
  for (const x of eyes) paintEye(c, x, look.face === "smile");
  c.globalAlpha = 0.35;
  for (const x of side ? [4.6] : [-8, 8]) {
    shape(c, "#E0705E", () => c.ellipse(x, HEAD.y + 6.8, 2.4, 1.5, 0, 0, Math.PI * 2));
  }
  c.globalAlpha = 1;
  if (look.face === "glasses") paintGlasses(c, eyes, side);
  if (look.face === "beard") paintBeard(body);
}

function paintEye(c: Canvas2d, x: number, smiling: boolean): void {
  if (!smiling) {
    shape(c, EYE, () => c.ellipse(x, HEAD.y + 2.6, 1.55, 2.1, 0, 0, Math.PI * 2));
    return;
  }
  c.strokeStyle = EYE;
  c.lineWidth = 1.8;
  c.lineCap = "round";
  c.beginPath();
  c.arc(x, HEAD.y + 3.4, 2.1, Math.PI * 1.1, Math.PI * 1.9);
  c.stroke();
}

function paintGlasses(c: Canvas2d, eyes: readonly number[], side: boolean): void {
  c.strokeStyle = "#22303C";
  c.lineWidth = 1.3;
  c.beginPath();
  for (const x of eyes) {
    c.moveTo(x + 3.9, HEAD.y + 2.6);
    c.arc(x, HEAD.y + 2.6, 3.9, 0, Math.PI * 2);
  }
  if (!side) {
    c.moveTo(-1, HEAD.y + 2.2);
    c.lineTo(1, HEAD.y + 2.2);
  }
  c.stroke();
}

function paintBeard(body: Body): void {
  const { c, side } = body;
  within(
    c,
    () => c.arc(0, HEAD.y, HEAD.r, 0, Math.PI * 2),
    () =>
      shape(c, hairColour(body), () =>
        c.ellipse(side ? 5 : 0, HEAD.y + 13.4, side ? 13 : 14, 8.3, 0, 0, Math.PI * 2),
      ),
  );
}
