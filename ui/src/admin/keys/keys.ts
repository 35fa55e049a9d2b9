/**
 * The keyboard: which keys do what, as data, and the reading of two-key sequences as a pure step.
 */

/** The mac's name for the key that commands. */
export const COMMAND_KEY =
  typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl";

/** `g` and one of these goes to a view. */
export const GO_KEYS: Readonly<Record<string, string>> = {
  d: "dashboard",
  p: "players",
  c: "chat",
  r: "reports",
  i: "invite",
  u: "users",
  b: "sanctions",
  s: "sprites",
  o: "bots",
  a: "audit",
  l: "logs",
  t: "loadtest",
  e: "settings",
};

/** How long the second key of a sequence may take, ms. */
export const SEQUENCE_MS = 1200;

export interface Sequence {
  /** When `g` was pressed, ms; `null` outside a sequence. */
  readonly since: number | null;
}

export const NO_SEQUENCE: Sequence = { since: null };

export interface KeyStep {
  readonly sequence: Sequence;
  /** View to go to. */
  readonly view: string | null;
}

export function stepSequence(sequence: Sequence, key: string, now: number): KeyStep {
  const waiting = sequence.since !== null && now - sequence.since <= SEQUENCE_MS;
  if (waiting) return { sequence: NO_SEQUENCE, view: GO_KEYS[key] ?? null };
  return { sequence: key === "g" ? { since: now } : NO_SEQUENCE, view: null };
}

/** Whether keys typed there are text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** A dialog has the keys for itself. */
export function dialogOpen(): boolean {
  return document.querySelector("[role=dialog][aria-modal=true]") !== null;
}
