/** What a run shall do, as the form holds it: presets, what is wrong with it, and what is sent. Pure. */
import type { LoadTestBody, LoadTestMode, LoadTestTerms } from "../../contract";

/** Numbers as typed; empty while a field is. */
export interface Draft {
  /** Empty: this server. */
  readonly target: string;
  readonly clients: number | "";
  /** Seconds. */
  readonly duration: number | "";
  /** ms */
  readonly update: number | "";
  /** ms */
  readonly spawn: number | "";
  /** Seconds between two messages of one client; 0 for none. */
  readonly chat: number | "";
  readonly mode: LoadTestMode;
}

export const PRESETS = {
  small: { clients: 20, duration: 30, update: 1000, spawn: 50, chat: 0, mode: "plain" },
  crowd: { clients: 200, duration: 60, update: 100, spawn: 50, chat: 0, mode: "batch" },
  storm: { clients: 1000, duration: 90, update: 200, spawn: 20, chat: 0, mode: "batch" },
} as const satisfies Record<string, Omit<Draft, "target">>;

export type Preset = keyof typeof PRESETS;

export const FIRST_DRAFT: Draft = { target: "", ...PRESETS.small };

/** The preset whose numbers these are. */
export function presetOf(draft: Draft): Preset | null {
  const names = Object.keys(PRESETS) as Preset[];
  const same = (name: Preset) =>
    (Object.entries(PRESETS[name]) as [keyof Draft, unknown][]).every(([key, value]) => draft[key] === value);
  return names.find(same) ?? null;
}

export type NumberField = "clients" | "duration" | "update" | "spawn" | "chat";

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What the server takes; it checks again. */
export function boundsOf(field: NumberField, terms: LoadTestTerms): Bounds {
  switch (field) {
    case "clients":
      return { least: 1, most: terms.maxClients };
    case "duration":
      return { least: 1, most: Math.floor(terms.maxDurationMs / 1000) };
    case "update":
      return { least: 10, most: 3_600_000 };
    case "spawn":
      return { least: 0, most: 60_000 };
    case "chat":
      return { least: 0, most: 3600 };
  }
}

/** What is wrong with a draft: a field outside its bounds, or a target that is no address. */
export function faultsOf(draft: Draft, terms: LoadTestTerms): ReadonlySet<NumberField | "target"> {
  const faults = new Set<NumberField | "target">();
  for (const field of ["clients", "duration", "update", "spawn", "chat"] as const) {
    const { least, most } = boundsOf(field, terms);
    const value = draft[field];
    const whole = field === "duration" || field === "chat" || Number.isInteger(value);
    if (value === "" || !whole || value < least || value > most) faults.add(field);
  }
  if (draft.chat !== "" && draft.chat > 0 && draft.chat < 0.25) faults.add("chat");
  if (draft.target.trim() !== "" && !/^https?:\/\/[^\s/?#@]+\/?$/i.test(draft.target.trim()))
    faults.add("target");
  return faults;
}

/** Only for drafts without faults. */
export function bodyOf(draft: Draft): LoadTestBody {
  const target = draft.target.trim();
  return {
    ...(target !== "" && { targetUrl: target }),
    clients: Number(draft.clients),
    durationMs: Math.round(Number(draft.duration) * 1000),
    updateIntervalMs: Number(draft.update),
    spawnIntervalMs: Number(draft.spawn),
    chatIntervalMs: Math.round(Number(draft.chat) * 1000),
    mode: draft.mode,
  };
}

/** Seconds until the last client is in. */
export function arrivalOf({ clients, spawn }: Draft): number {
  return (Math.max(0, Number(clients) - 1) * Number(spawn)) / 1000;
}
