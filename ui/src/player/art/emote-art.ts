/**
 * Paints one emote: flat shapes in two tones, 28 art pixels across, around the origin.
 */
import type { EmoteName } from "../emote/emotes";
import { ball, block, type Canvas2d, dot, shape, within } from "./brush";
import { DAY, mix } from "./palette";

/** Art pixels an emote takes each way. */
export const EMOTE_SIZE = 28;

const SUN = "#FFC95C";
const INK = "#22222E";
const HEART = "#D9604F";
const TIDE = "#3C8DAE";
const NOTE = "#7A62B8";
const { shade } = DAY;

export function paintEmote(c: Canvas2d, name: EmoteName): void {
  PAINTERS[name](c);
}

const PAINTERS: Readonly<Record<EmoteName, (c: Canvas2d) => void>> = {
  wave: paintHand,
  heart: paintHeart,
  idea: paintBulb,
  question: paintQuestion,
  music: paintNote,
  smile: (c) => {
    paintFace(c);
    eyes(c, -2.5);
    stroke(c, 2, () => c.arc(0, 0.5, 6, Math.PI * 0.18, Math.PI * 0.82));
  },
  laugh: (c) => {
    paintFace(c);
    for (const x of [-4.6, 4.6]) stroke(c, 2, () => c.arc(x, -1.4, 2.4, Math.PI * 1.1, Math.PI * 1.9));
    shape(c, INK, () => {
      c.moveTo(-6.4, 2.2);
      c.lineTo(6.4, 2.2);
      c.arc(0, 2.2, 6.4, 0, Math.PI);
    });
    within(
      c,
      () => c.arc(0, 2.2, 6.4, 0, Math.PI),
      () => dot(c, HEART, 0, 9, 4.2),
    );
  },
  wow: (c) => {
    paintFace(c);
    eyes(c, -3.4);
    shape(c, INK, () => c.ellipse(0, 5, 3, 3.8, 0, 0, Math.PI * 2));
  },
};

function paintFace(c: Canvas2d): void {
  ball(c, 0, 0, 13, SUN, shade);
}

function eyes(c: Canvas2d, y: number): void {
  for (const x of [-4.6, 4.6]) shape(c, INK, () => c.ellipse(x, y, 1.6, 2.2, 0, 0, Math.PI * 2));
}

function paintHeart(c: Canvas2d): void {
  const trace = () => {
    c.moveTo(0, 12);
    c.bezierCurveTo(-17, 0, -13, -12, -5.5, -11);
    c.bezierCurveTo(-2.6, -10.6, -0.8, -8.6, 0, -6.6);
    c.bezierCurveTo(0.8, -8.6, 2.6, -10.6, 5.5, -11);
    c.bezierCurveTo(13, -12, 17, 0, 0, 12);
  };
  within(c, trace, () => {
    c.fillStyle = mix(HEART, shade, 0.2);
    c.fillRect(-14, -14, 28, 28);
    shape(c, HEART, () => c.ellipse(-3.4, -2.6, 12, 13, 0, 0, Math.PI * 2));
  });
}

/** Four fingers and a thumb, tilted as if in mid-wave. */
function paintHand(c: Canvas2d): void {
  c.save();
  c.rotate(0.22);
  const dark = mix(SUN, shade, 0.2);
  const trace = () => {
    for (const [x, top] of FINGERS) c.roundRect(x, top, 4, 14, 2);
    c.roundRect(-7.8, -2, 16, 14, [3, 3, 7.5, 7.5]);
  };
  c.save();
  c.translate(-7, 4.5);
  c.rotate(-0.75);
  block(c, SUN, -2.2, -8, 4.4, 11, 2.2);
  c.restore();
  within(c, trace, () => {
    c.fillStyle = SUN;
    c.fillRect(-14, -14, 28, 28);
    c.fillStyle = dark;
    c.fillRect(4.2, -14, 10, 28);
  });
  c.restore();
  for (const [x, y, turn] of [
    [-12.4, -8.6, -0.4],
    [12.6, -1.6, 0.9],
  ] as const) {
    c.save();
    c.translate(x, y);
    c.rotate(turn);
    stroke(c, 1.6, () => c.arc(4, 4, 5, Math.PI * 1.05, Math.PI * 1.5), TIDE);
    c.restore();
  }
}

const FINGERS = [
  [-7.8, -9.5],
  [-3.8, -12],
  [0.2, -12],
  [4.2, -9.8],
] as const;

function paintBulb(c: Canvas2d): void {
  ball(c, 0, -3.4, 9.6, SUN, shade);
  shape(c, mix(SUN, shade, 0.2), () => {
    c.moveTo(-4.6, 4);
    c.lineTo(4.6, 4);
    c.lineTo(3.8, 8);
    c.lineTo(-3.8, 8);
  });
  block(c, "#54677A", -3.8, 7.4, 7.6, 2.4, 1);
  block(c, "#3F5668", -3, 10.2, 6, 2.4, 1.2);
  stroke(
    c,
    1.6,
    () => {
      c.moveTo(-3, -3.6);
      c.lineTo(-1, -0.6);
      c.lineTo(1, -3);
      c.lineTo(3, -0.8);
    },
    "#A87450",
  );
}

function paintQuestion(c: Canvas2d): void {
  const curve = (dx: number) => () => {
    c.arc(dx, -5.6, 5.6, Math.PI * 1.05, Math.PI * 0.28);
    c.quadraticCurveTo(dx, 0.6, dx, 4);
  };
  stroke(c, 5, curve(0), TIDE);
  dot(c, TIDE, 0, 10.6, 2.9);
  within(
    c,
    () => c.rect(2.4, -14, 12, 28),
    () => {
      stroke(c, 5, curve(0), mix(TIDE, shade, 0.35));
    },
  );
}

function paintNote(c: Canvas2d): void {
  const dark = mix(NOTE, shade, 0.3);
  block(c, NOTE, -5.6, -9.6, 3, 18, 1);
  block(c, dark, 7.6, -12, 3, 17.4, 1);
  shape(c, NOTE, () => {
    c.moveTo(-5.6, -10);
    c.lineTo(10.6, -13);
    c.lineTo(10.6, -7.4);
    c.lineTo(-5.6, -4.4);
  });
  for (const [x, y, fill] of [
    [-6.6, 8.4, NOTE],
    [6.6, 5.6, dark],
  ] as const)
    shape(c, fill, () => c.ellipse(x, y, 4.6, 3.7, -0.35, 0, Math.PI * 2));
}

function stroke(c: Canvas2d, width: number, trace: () => void, colour = INK): void {
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.lineCap = "round";
  c.lineJoin = "round";
  c.beginPath();
  trace();
  c.stroke();
}
