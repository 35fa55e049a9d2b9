/**
 * Hair, buns and hats of a peg person, behind and in front of the head. Called by `person` with the body it paints.
 */
import { type Body, HEAD, hairColour, litBall, shaded } from "./body";
import { block, shape, within } from "./brush";
import { mix } from "./palette";

const Y = HEAD.y;
const R = HEAD.r;
const CAP_WHITE = "#FFFDF8";

export function paintHairBehind(body: Body): void {
  const { c, look, side, away } = body;
  const hair = hairColour(body);
  if (look.hair.style === "long" && !away) {
    block(c, shaded(body, hair), side ? -14.5 : -14, Y - 6, side ? 17 : 28, 27, [10, 10, 8, 8]);
  }
  if (look.hair.style === "bun") litBall(body, side ? -9 : 0, Y - (side ? 11 : 14.5), 6, hair, 0.2);
  if (look.hair.style === "curls") {
    for (const [x, y, r] of CURLS)
      if (!side || x < 9) litBall(body, x - (side ? 3 : 0), Y + y, r, hair, 0.18);
  }
}

const CURLS = [
  [-11, -4, 6.5],
  [11, -4, 6.5],
  [-7, -11, 7],
  [7, -11, 7],
  [0, -14, 7],
] as const;

export function paintHairInFront(body: Body): void {
  const { c, look, side, away } = body;
  const { style } = look.hair;
  if (style === "none") return;
  if (style === "beanie" || style === "sailor") {
    paintNape(body);
    if (style === "beanie") paintBeanie(body);
    else paintSailorCap(body);
    return;
  }
  if (away && style === "long") paintLongBack(body);
  const trace = away ? () => traceAway(body) : side ? SIDE[style] : FRONT[style];
  paintMop(body, () => trace(c));
}

/** Hair that keeps to the skull, its right third in the shade. */
function paintMop(body: Body, trace: () => void): void {
  const { c, dark } = body;
  const hair = hairColour(body);
  within(
    c,
    () => c.arc(0, Y - 0.3, R + 0.9, 0, Math.PI * 2),
    () =>
      within(c, trace, () => {
        c.fillStyle = hair;
        c.fillRect(-20, Y - 20, 40, 40);
        shape(c, shaded(body, hair, 0.22), () => {
          c.moveTo(dark * 4, Y - 20);
          c.quadraticCurveTo(dark * 9, Y - 6, dark * 8, Y + 20);
          c.lineTo(dark * 40, Y + 20);
          c.lineTo(dark * 40, Y - 20);
        });
      }),
  );
}

/** Seen from behind, hair covers the head; short hair leaves the neck. */
function traceAway({ c, look }: Body): void {
  c.rect(-20, Y - 20, 40, look.hair.style === "short" ? 26 : 36);
}

/** Long hair falls over the shoulders. */
function paintLongBack(body: Body): void {
  const { c } = body;
  within(
    c,
    () => c.roundRect(-13.6, Y - 4, 27.2, 25, [0, 0, 10, 10]),
    () => {
      c.fillStyle = hairColour(body);
      c.fillRect(-14, Y - 4, 28, 26);
      c.fillStyle = shaded(body, hairColour(body), 0.22);
      c.fillRect(7, Y - 4, 8, 26);
    },
  );
}

/** What shows of the hair under a hat, seen from behind. */
function paintNape(body: Body): void {
  if (body.away) paintMop(body, () => body.c.rect(-20, Y - 4, 40, 9));
}

type Mop = "short" | "bob" | "long" | "bun" | "curls";
type Trace = (c: Body["c"]) => void;

const sideShort =
  (nape: number): Trace =>
  (c) => {
    c.moveTo(-20, Y - 20);
    c.lineTo(14, Y - 20);
    c.lineTo(13, Y - 6);
    c.quadraticCurveTo(6, Y - 5, 3, Y - 3);
    c.quadraticCurveTo(0, Y + 6, -6, Y + nape);
    c.lineTo(-20, Y + 8);
  };

const sideLong: Trace = (c) => {
  c.moveTo(-20, Y - 20);
  c.lineTo(14, Y - 20);
  c.lineTo(12, Y - 6);
  c.quadraticCurveTo(5, Y - 5, 3, Y);
  c.quadraticCurveTo(2, Y + 8, 0, Y + 14);
  c.lineTo(-20, Y + 14);
};

const SIDE: Readonly<Record<Mop, Trace>> = {
  short: sideShort(7),
  bun: sideShort(5),
  curls: sideShort(7),
  bob: sideLong,
  long: sideLong,
};

const frontShort: Trace = (c) => {
  c.moveTo(-20, Y - 20);
  c.lineTo(20, Y - 20);
  c.lineTo(20, Y - 1);
  c.lineTo(12.2, Y - 1);
  c.quadraticCurveTo(10, Y - 6, 3, Y - 7);
  c.quadraticCurveTo(-6, Y - 8, -10, Y - 3);
  c.lineTo(-12.2, Y - 1);
  c.lineTo(-20, Y - 1);
};

const frontLong: Trace = (c) => {
  c.moveTo(-20, Y - 20);
  c.lineTo(20, Y - 20);
  c.lineTo(20, Y + 12);
  c.lineTo(10, Y + 12);
  c.quadraticCurveTo(11, Y - 2, 8, Y - 5);
  c.quadraticCurveTo(-3, Y - 3, -8, Y - 6);
  c.quadraticCurveTo(-11, Y - 2, -10, Y + 12);
  c.lineTo(-20, Y + 12);
};

const frontParted: Trace = (c) => {
  c.moveTo(-20, Y - 20);
  c.lineTo(20, Y - 20);
  c.lineTo(20, Y - 2);
  c.lineTo(12, Y - 2);
  c.quadraticCurveTo(8, Y - 8, 0, Y - 8.5);
  c.quadraticCurveTo(-8, Y - 8, -12, Y - 2);
  c.lineTo(-20, Y - 2);
};

const FRONT: Readonly<Record<Mop, Trace>> = {
  short: frontShort,
  bob: frontLong,
  long: frontLong,
  bun: frontParted,
  curls: frontParted,
};

function paintBeanie(body: Body): void {
  const { c, dark } = body;
  const wool = hairColour(body);
  within(
    c,
    () => c.arc(0, Y - 1.5, R + 1.2, Math.PI, 0),
    () => {
      c.fillStyle = wool;
      c.fillRect(-20, Y - 20, 40, 20);
      c.fillStyle = shaded(body, wool, 0.22);
      c.fillRect(dark > 0 ? 4 : -24, Y - 20, 20, 20);
    },
  );
  block(c, mix(wool, "#FFFFFF", 0.22), -R - 1.6, Y - 5.4, 2 * R + 3.2, 6, 3);
  litBall(body, 0, Y - 16, 3.6, mix(wool, "#FFFFFF", 0.35), 0.2);
}

function paintSailorCap(body: Body): void {
  const { c, dark } = body;
  block(c, CAP_WHITE, -R, Y - 15, 2 * R, 11, [9, 9, 3, 3]);
  within(
    c,
    () => c.roundRect(-R, Y - 15, 2 * R, 8, [9, 9, 0, 0]),
    () => block(c, shaded(body, CAP_WHITE, 0.14), dark > 0 ? 5 : -R - 5, Y - 15, R, 8),
  );
  block(c, "#2C4A66", -R - 0.8, Y - 7, 2 * R + 1.6, 3.6, 1.6);
}
