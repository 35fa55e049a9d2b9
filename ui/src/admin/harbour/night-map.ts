/**
 * A map at night with one light per person, on a canvas. The island is painted once per size; only the lights
 * are drawn again.
 *
 * It draws positions and knows no sessions. Above `MOST_LIGHTS` people, lights become a glow by density.
 */
import { RISE, TILE_DEPTH, TILE_WIDTH } from "../../player/art/brush";
import { paintGround } from "../../player/art/ground";
import { NIGHT, type Palette } from "../../player/art/palette";
import { paintThing } from "../../player/art/scenery-art";
import type { Terrain } from "../../player/map/terrain";
import { brightness, densityOf, glowPixels } from "./crowd-glow";

export interface MapPoint {
  readonly x: number;
  readonly z: number;
}

/** CSS pixels. */
export interface MapSize {
  readonly width: number;
  readonly height: number;
}

export const MOST_LIGHTS = 500;

/** Nobody at home: the only warm light on this map is people. */
const UNLIT: Palette = { ...NIGHT, glass: "#33434f" };
const LANTERN = "#FFC95C";
/** CSS pixels. */
const DOT = 2.3;
const GLOW = 14;
/** The night around a crowd, so that its glow stands out. */
const DUSK = "rgba(0, 0, 0, 0.25)";
/** Shares of the glow that cover and that lighten what is under it. */
const COVERS = 0.62;
const LIGHTENS = 0.34;
/** From this brightness on people stand too densely for points of their own. */
const DENSE = 0.5;
/** CSS pixels; where people stand thinly, and where they stand densely. */
const THIN_POINT = 1.4;
const DENSE_POINT = 0.95;
const DENSE_POINT_ALPHA = 0.3;
/** A lamp is lit while somebody stands within so many tiles, the lighthouse while anybody is in. */
const LAMP_TILES = 4;
/** CSS pixels. */
const LAMP_GLOW = 15;
const LIGHTHOUSE_GLOW = 34;

/** Tiles of the outermost that need not be in sight: sea all around, and the end of what leads into it. */
const ASIDE = { west: 0.5, east: -0.5, north: -0.6, south: 2.6 };

export interface MapView {
  /** Canvas pixels per art pixel. */
  readonly scale: number;
  readonly originX: number;
  readonly originY: number;
  readonly ratio: number;
}

/** `contain`: the island is whole; `cover`: no edge of it matters. */
export type Fit = "contain" | "cover";

/** Fills the scarcer direction, or the other one, and centres. Pure. */
export function viewFor(
  { bounds }: Terrain,
  { width, height }: MapSize,
  ratio: number,
  how: Fit = "contain",
): MapView {
  const west = bounds.west + ASIDE.west;
  const east = bounds.east - ASIDE.east;
  const north = bounds.north + ASIDE.north;
  const south = bounds.south - ASIDE.south;
  const across = width / ((east - west) * TILE_WIDTH);
  const down = height / ((south - north) * TILE_DEPTH);
  const fit = how === "contain" ? Math.min(across, down) : Math.max(across, down);
  const tile = Math.max(3, Math.round(fit * TILE_WIDTH * ratio));
  const scale = tile / TILE_WIDTH;
  const middleX = ((west + east) / 2) * TILE_WIDTH;
  const middleY = ((north + south) / 2) * TILE_DEPTH;
  return {
    scale,
    ratio,
    originX: Math.round((width * ratio) / 2 - middleX * scale),
    originY: Math.round((height * ratio) / 2 - middleY * scale),
  };
}

/** Canvas pixels. */
export function onMap(
  terrain: Terrain,
  view: MapView,
  { x, z }: MapPoint,
): { readonly x: number; readonly y: number } {
  return {
    x: view.originX + x * TILE_WIDTH * view.scale,
    y: view.originY + (z * TILE_DEPTH - terrain.heightAt(x, z) * RISE) * view.scale,
  };
}

export class NightMap {
  private readonly c: CanvasRenderingContext2D | null;
  private island: HTMLCanvasElement | null = null;
  private view: MapView = { scale: 1, ratio: 1, originX: 0, originY: 0 };
  private glow: HTMLCanvasElement | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly terrain: Terrain,
  ) {
    this.c = canvas.getContext("2d", { alpha: false });
  }

  /** The view that later drawings use. */
  resize(size: MapSize, ratio: number, how?: Fit): MapView {
    this.canvas.width = Math.max(1, Math.round(size.width * ratio));
    this.canvas.height = Math.max(1, Math.round(size.height * ratio));
    this.view = viewFor(this.terrain, size, ratio, how);
    this.island = paintIsland(this.terrain, this.canvas.width, this.canvas.height, this.view);
    this.glow = paintGlow(ratio);
    return this.view;
  }

  draw(people: readonly MapPoint[]): void {
    const { c, island } = this;
    if (!c || !island) return;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.globalCompositeOperation = "source-over";
    c.drawImage(island, 0, 0);
    if (people.length > MOST_LIGHTS) {
      this.drawCrowd(c, people);
      return;
    }
    this.drawLamps(c, people);
    this.drawLights(c, people);
  }

  private drawLights(c: CanvasRenderingContext2D, people: readonly MapPoint[]): void {
    const { glow, view } = this;
    if (!glow) return;
    const places = people.map((spot) => onMap(this.terrain, view, spot));
    c.globalCompositeOperation = "screen";
    for (const { x, y } of places) c.drawImage(glow, x - glow.width / 2, y - glow.height / 2);
    c.globalCompositeOperation = "source-over";
    c.fillStyle = LANTERN;
    drawPoints(c, places, DOT * view.ratio);
  }

  private drawCrowd(c: CanvasRenderingContext2D, people: readonly MapPoint[]): void {
    const { view, canvas } = this;
    const places = people.map((spot) => onMap(this.terrain, view, spot));
    c.fillStyle = DUSK;
    c.fillRect(0, 0, canvas.width, canvas.height);
    this.drawLamps(c, people);
    const { ratio } = view;
    const dots = places.map(({ x, y }) => ({ x: x / ratio, y: y / ratio }));
    const density = densityOf(dots, Math.ceil(canvas.width / ratio), Math.ceil(canvas.height / ratio));
    const picture = pictureOf(glowPixels(density), density.width);
    if (picture) {
      const [width, height] = [density.width * ratio, density.height * ratio];
      c.globalAlpha = COVERS;
      c.drawImage(picture, 0, 0, width, height);
      c.globalCompositeOperation = "lighter";
      c.globalAlpha = LIGHTENS;
      c.drawImage(picture, 0, 0, width, height);
      c.globalCompositeOperation = "source-over";
    }
    const isDense = ({ x, y }: { readonly x: number; readonly y: number }) =>
      brightness(density, Math.round(y / ratio) * density.width + Math.round(x / ratio)) >= DENSE;
    c.fillStyle = LANTERN;
    c.globalAlpha = DENSE_POINT_ALPHA;
    drawPoints(c, places.filter(isDense), DENSE_POINT * ratio);
    c.globalAlpha = 1;
    drawPoints(
      c,
      places.filter((place) => !isDense(place)),
      THIN_POINT * ratio,
    );
  }

  private drawLamps(c: CanvasRenderingContext2D, people: readonly MapPoint[]): void {
    const { glow, view } = this;
    if (!glow) return;
    const light = (at: { readonly x: number; readonly y: number }, radius: number) => {
      const size = radius * 2 * view.ratio;
      c.drawImage(glow, at.x - size / 2, at.y - size / 2, size, size);
    };
    c.globalCompositeOperation = "screen";
    for (const { kind, x, z } of this.terrain.standing) {
      if (kind === "lighthouse" && people.length > 0)
        light(onMap(this.terrain, view, { x, z }), LIGHTHOUSE_GLOW);
      if (kind === "lamp" && people.some((spot) => Math.hypot(spot.x - x, spot.z - z) <= LAMP_TILES))
        light(onMap(this.terrain, view, { x, z }), LAMP_GLOW);
    }
    c.globalCompositeOperation = "source-over";
  }
}

function drawPoints(
  c: CanvasRenderingContext2D,
  places: readonly { readonly x: number; readonly y: number }[],
  radius: number,
): void {
  c.beginPath();
  for (const { x, y } of places) {
    c.moveTo(x + radius, y);
    c.arc(x, y, radius, 0, Math.PI * 2);
  }
  c.fill();
}

/** Pixels as something that can be drawn larger. */
function pictureOf(pixels: Uint8ClampedArray<ArrayBuffer>, width: number): HTMLCanvasElement | null {
  const image = new ImageData(pixels, width);
  const picture = document.createElement("canvas");
  picture.width = image.width;
  picture.height = image.height;
  const c = picture.getContext("2d");
  if (!c) return null;
  c.putImageData(image, 0, 0);
  return picture;
}

/**
 * Painted at whole pixels and scaled down once: edges that fall between two pixels would show as hairlines all over.
 */
function paintIsland(terrain: Terrain, width: number, height: number, view: MapView): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const c = canvas.getContext("2d", { alpha: false });
  const whole = wholeIsland(terrain, width, height, view);
  if (!c || !whole) return canvas;
  c.imageSmoothingQuality = "high";
  c.drawImage(whole, 0, 0, width, height);
  return canvas;
}

/** The same part of the world, larger by so much that a pixel of art is a whole number of pixels. */
function wholeIsland(
  terrain: Terrain,
  width: number,
  height: number,
  view: MapView,
): HTMLCanvasElement | null {
  const unit = Math.max(1, Math.ceil(view.scale));
  const larger = unit / view.scale;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * larger);
  canvas.height = Math.round(height * larger);
  const c = canvas.getContext("2d", { alpha: false });
  if (!c) return null;
  const originX = Math.round(view.originX * larger);
  const originY = Math.round(view.originY * larger);
  c.fillStyle = UNLIT.water;
  c.fillRect(0, 0, canvas.width, canvas.height);
  c.setTransform(unit, 0, 0, unit, originX, originY);
  paintGround(c, terrain.bounds, { terrain, palette: UNLIT, snap: Math.round });
  for (const thing of terrain.standing) {
    const x = originX + thing.x * TILE_WIDTH * unit;
    const y = originY + (thing.z * TILE_DEPTH - terrain.heightAt(thing.x, thing.z) * RISE) * unit;
    const size = unit * thing.size;
    c.setTransform(size, 0, 0, size, x, y);
    paintThing(c, thing, UNLIT);
  }
  return canvas;
}

function paintGlow(ratio: number): HTMLCanvasElement {
  const size = Math.ceil(GLOW * 2 * ratio);
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const c = canvas.getContext("2d");
  if (!c) return canvas;
  const fade = c.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
  fade.addColorStop(0, "rgba(255, 196, 92, 0.6)");
  fade.addColorStop(0.4, "rgba(255, 180, 80, 0.2)");
  fade.addColorStop(1, "rgba(255, 170, 60, 0)");
  c.fillStyle = fade;
  c.fillRect(0, 0, size, size);
  return canvas;
}
