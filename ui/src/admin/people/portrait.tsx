/**
 * Head and shoulders of a person in a round frame, painted with the world's own brushes.
 *
 * A portrait is decoration: the name always stands beside it. Heads are painted once per look and kept as pictures, so
 * that a long list scrolls without painting anybody twice.
 */
import { useLayoutEffect, useRef } from "react";
import { DAY } from "../../player/art/palette";
import { PERSON_SCALE, paintPerson } from "../../player/art/person";
import { type Look, lookKey, lookOf } from "../../player/look/look";
import type { Worn } from "../contract";
import { PaintQueue } from "./paint-queue";
import classes from "./portrait.module.css";

/** Art pixels of a figure that a portrait shows across. */
const ACROSS = 35;
/** Heads kept, of some 4 kB each. */
const KEPT_HEADS = 1500;

/** Data URLs by look and size in device pixels. */
const heads = new Map<string, string>();

const queue = new PaintQueue(
  (run) => requestAnimationFrame(run),
  () => performance.now(),
);

export interface PortraitProps {
  /** Player id: it decides the look where nothing was chosen. */
  readonly id: string;
  readonly appearance?: Worn | null | undefined;
  /** CSS pixels. */
  readonly size?: number;
}

export function Portrait({ id, appearance, size = 26 }: PortraitProps) {
  const image = useRef<HTMLImageElement>(null);
  const look = lookOf(id, appearance ? { appearance } : {});
  const pixels = Math.round(size * Math.max(2, globalThis.devicePixelRatio || 1));
  const key = `${lookKey(look)} ${pixels}`;
  const kept = heads.get(key);
  useLayoutEffect(() => {
    if (heads.has(key)) return;
    return queue.add(() => {
      if (image.current) image.current.src = head(look, key, pixels);
    });
    // The key names the look, which is a new object at every drawing.
  }, [key, pixels]);
  return (
    <img
      ref={image}
      className={classes.portrait}
      data-ground={look.hair.colour % 3}
      src={kept}
      width={size}
      height={size}
      alt=""
    />
  );
}

/** One canvas for all of them. */
let easel: HTMLCanvasElement | undefined;

function head(look: Look, key: string, pixels: number): string {
  easel ??= document.createElement("canvas");
  easel.width = pixels;
  easel.height = pixels;
  const c = easel.getContext("2d", { willReadFrequently: true });
  if (!c) return "";
  const unit = pixels / ACROSS / PERSON_SCALE;
  c.setTransform(unit, 0, 0, unit, pixels / 2, pixels + 32.6 * PERSON_SCALE * unit);
  paintPerson(c, { look, heading: "down", pose: "idle" }, DAY);
  const picture = easel.toDataURL();
  heads.set(key, picture);
  const oldest = heads.keys().next().value;
  if (heads.size > KEPT_HEADS && oldest !== undefined) heads.delete(oldest);
  return picture;
}
