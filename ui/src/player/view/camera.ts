/**
 * From world units to device pixels. Pure: a camera is a value, made anew for every frame.
 */

import type { Spot } from "@comutiny/client/contract";
import { RISE, TILE_DEPTH, TILE_WIDTH } from "../art/brush";

export interface Viewport {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

export interface Camera {
  /** Device pixels per art pixel; a tile is a whole number of device pixels, so tiles meet without a seam. */
  readonly scale: number;
  /** Where the middle of the compass rose lies, in whole device pixels from the upper left. */
  readonly originX: number;
  readonly originY: number;
}

/** Below this width, in CSS pixels, a screen is a phone held upright. */
export const PHONE_WIDTH = 640;
const PHONE_ZOOM = 1.02;
const DESKTOP_ZOOM = 0.92;
/** A larger window shows the world larger, not ever more sea. */
const DESKTOP = { width: 1440, height: 900 };

export function artScale({ width, height, ratio }: Viewport): number {
  const growth = Math.max(1, Math.min(width / DESKTOP.width, height / DESKTOP.height));
  const zoom = width < PHONE_WIDTH ? PHONE_ZOOM : DESKTOP_ZOOM * growth;
  const tile = Math.max(24, Math.round((TILE_WIDTH * zoom * ratio) / 4) * 4);
  return tile / TILE_WIDTH;
}

/** A camera that shows `focus` at this share of the height. */
export function cameraOn(focus: Spot, viewport: Viewport, shareDown: number): Camera {
  const scale = artScale(viewport);
  return {
    scale,
    originX: Math.round((viewport.width * viewport.ratio) / 2 - focus.x * TILE_WIDTH * scale),
    originY: Math.round(viewport.height * viewport.ratio * shareDown - focus.z * TILE_DEPTH * scale),
  };
}

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** Whole device pixels. */
export function toScreen(camera: Camera, x: number, z: number, height: number): ScreenPoint {
  return {
    x: Math.round(camera.originX + x * TILE_WIDTH * camera.scale),
    y: Math.round(camera.originY + (z * TILE_DEPTH - height * RISE) * camera.scale),
  };
}

/**
 * The spot on the ground under a point of the screen. What is raised is drawn higher up, so the nearest ground that
 * covers the point wins: the search goes from the front to the back.
 */
export function toGround(
  camera: Camera,
  point: ScreenPoint,
  heightAt: (x: number, z: number) => number,
): Spot {
  const x = (point.x - camera.originX) / (TILE_WIDTH * camera.scale);
  const flat = (point.y - camera.originY) / (TILE_DEPTH * camera.scale);
  for (let z = flat + 2; z > flat - 1; z -= 0.05) {
    if (Math.abs(z - (heightAt(x, z) * RISE) / TILE_DEPTH - flat) < 0.04) return { x, z };
  }
  return { x, z: flat };
}
