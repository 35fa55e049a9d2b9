/**
 * The link one was invited by: it may carry the PIN of the world, the spot of who sent it, or the ticket of who comes from
 * the administration, as in `/#pin=1234`, `/#at=3.2,-1.5&until=29214720` and `/#enter=0f9a`. Pure.
 */
import type { Spot } from "@comutiny/client/contract";

export interface Invitation {
  readonly pin: string | null;
  /** Where somebody waits; `null` for none, or when the time for it is over. */
  readonly at: Spot | null;
  /** Whom it stands for, the server knows. */
  readonly ticket: string | null;
  /** The link without all that. What else the hash says stays. */
  readonly address: string;
}

const MINUTE_MS = 60_000;
/** Farther from the middle of a map than this no link leads, in tiles. */
const FARTHEST = 1000;

/** `now` in ms since 1970. */
export function invitationIn(link: string, now: number): Invitation {
  const url = new URL(link);
  const fields = new URLSearchParams(url.hash.slice(1));
  const pin = fields.get("pin");
  const at = fields.get("at");
  const ticket = fields.get("enter");
  if (pin === null && at === null && ticket === null)
    return { pin: null, at: null, ticket: null, address: link };
  const until = Number(fields.get("until") ?? Number.POSITIVE_INFINITY);
  for (const used of ["pin", "at", "until", "enter"]) fields.delete(used);
  url.hash = fields.toString();
  const isOver = !(until * MINUTE_MS > now);
  return {
    pin: pin?.trim() || null,
    at: isOver || at === null ? null : spotIn(at),
    ticket: ticket || null,
    address: url.href,
  };
}

/** A link that leads to this spot until then, ms since 1970. */
export function linkTo(address: string, { x, z }: Spot, until: number): string {
  const url = new URL(address);
  url.hash = `at=${tenths(x)},${tenths(z)}&until=${Math.ceil(until / MINUTE_MS)}`;
  return url.href;
}

function spotIn(text: string): Spot | null {
  const match = /^(-?\d{1,4}(?:\.\d{1,3})?),(-?\d{1,4}(?:\.\d{1,3})?)$/.exec(text);
  if (!match) return null;
  const [x, z] = [Number(match[1]), Number(match[2])];
  return Math.abs(x) > FARTHEST || Math.abs(z) > FARTHEST ? null : { x, z };
}

const tenths = (value: number) => Math.round(value * 10) / 10;
