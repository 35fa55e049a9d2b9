/**
 * Head and shoulders of a person in a round frame, painted with the world's own brushes.
 *
 * A portrait is decoration: the name always stands beside it. Heads are painted once per look and copied, so that a
 * long list scrolls without painting anybody twice.
 */
import { useLayoutEffect, useRef } from "react";
import { DAY } from "../../player/art/palette";
import { PERSON_SCALE, paintPerson } from "../../player/art/person";
import { type Look, lookKey, lookOf } from "../../player/look/look";
import type { Appearance } from "../contract";
import classes from "./portrait.module.css";

/** Art pixels of a figure that a portrait shows across. */
const ACROSS = 35;
/** Device pixels of a kept head: large enough for the drawer's. */
const KEPT_SIZE = 112;
const KEPT_HEADS = 400;

const heads = new Map<string, HTMLCanvasElement>();

export interface PortraitProps {
  /** Player or user id: it decides the look where nothing was chosen. */
  readonly id: string;
  readonly appearance?: Appearance | null | undefined;
  /** CSS pixels. */
  readonly size?: number;
}

export function Portrait({ id, appearance, size = 26 }: PortraitProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = lookOf(id, appearance ? { appearance } : {});
  const key = lookKey(look);
  const pixels = Math.round(size * Math.max(2, globalThis.devicePixelRatio || 1));
  useLayoutEffect(() => {
    const c = canvas.current?.getContext("2d");
    if (!c) return;
    c.clearRect(0, 0, pixels, pixels);
    c.imageSmoothingQuality = "high";
    c.drawImage(head(look, key), 0, 0, pixels, pixels);
  }, [key, pixels]);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus
    <canvas
      ref={canvas}
      className={classes.portrait}
      data-ground={look.hair.colour % 3}
      width={pixels}
      height={pixels}
      style={{ width: size, height: size }}
      aria-hidden="true"
    />
  );
}

function head(look: Look, key: string): HTMLCanvasElement {
  const known = heads.get(key);
  if (known) {
    heads.delete(key);
    heads.set(key, known);
    return known;
  }
  const canvas = document.createElement("canvas");
  canvas.width = KEPT_SIZE;
  canvas.height = KEPT_SIZE;
  const c = canvas.getContext("2d");
  if (c) {
    const unit = KEPT_SIZE / ACROSS / PERSON_SCALE;
    c.setTransform(unit, 0, 0, unit, KEPT_SIZE / 2, KEPT_SIZE + 32.6 * PERSON_SCALE * unit);
    paintPerson(c, { look, heading: "down", pose: "idle" }, DAY);
  }
  heads.set(key, canvas);
  const oldest = heads.keys().next().value;
  if (heads.size > KEPT_HEADS && oldest !== undefined) heads.delete(oldest);
  return canvas;
}
