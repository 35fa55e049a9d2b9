/** What a run shall do, as the form holds it: presets, what is wrong with it, and what is sent. Pure. */
import type {
  LoadTestBody,
  LoadTestLanguage,
  LoadTestMode,
  LoadTestShape,
  LoadTestSpread,
  LoadTestTerms,
  LoadTestWalk,
} from "../../contract";

export const SHAPES = [
  "steady",
  "ramp",
  "storm",
  "restart",
  "slow",
] as const satisfies readonly LoadTestShape[];
export const SPREADS = ["even", "clusters", "square"] as const satisfies readonly LoadTestSpread[];
export const WALKS = ["people", "march"] as const satisfies readonly LoadTestWalk[];

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
  readonly shape: LoadTestShape;
  readonly spread: LoadTestSpread;
  readonly walk: LoadTestWalk;
  /** With `slow`: how many in a hundred read slowly. */
  readonly slowPercent: number | "";
  /** With `slow`: kB a second that such a one reads. */
  readonly slowKbps: number | "";
  /** With `restart`: seconds without anybody. */
  readonly outage: number | "";
}

export const PRESETS = {
  small: { clients: 20, duration: 30, update: 1000, spawn: 50, chat: 0, mode: "plain", shape: "steady" },
  crowd: { clients: 200, duration: 60, update: 100, spawn: 50, chat: 0, mode: "batch", shape: "steady" },
  storm: { clients: 1000, duration: 90, update: 200, spawn: 20, chat: 0, mode: "batch", shape: "storm" },
} as const satisfies Record<string, Partial<Draft>>;

export type Preset = keyof typeof PRESETS;

export const FIRST_DRAFT: Draft = {
  target: "",
  spread: "even",
  walk: "people",
  slowPercent: 10,
  slowKbps: 150,
  outage: 2,
  ...PRESETS.small,
};

/** The preset whose numbers these are. */
export function presetOf(draft: Draft): Preset | null {
  const names = Object.keys(PRESETS) as Preset[];
  const same = (name: Preset) =>
    (Object.entries(PRESETS[name]) as [keyof Draft, unknown][]).every(([key, value]) => draft[key] === value);
  return names.find(same) ?? null;
}

export type NumberField =
  | "clients"
  | "duration"
  | "update"
  | "spawn"
  | "chat"
  | "slowPercent"
  | "slowKbps"
  | "outage";

/** The numbers that mean something for a shape. */
export function fieldsOf(shape: LoadTestShape): readonly NumberField[] {
  const comesAtOnce = shape === "storm" || shape === "ramp";
  return [
    "clients",
    "duration",
    "update",
    ...(comesAtOnce ? [] : (["spawn"] as const)),
    "chat",
    ...(shape === "slow" ? (["slowPercent", "slowKbps"] as const) : []),
    ...(shape === "restart" ? (["outage"] as const) : []),
  ];
}

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
    case "slowPercent":
      return { least: 1, most: 100 };
    case "slowKbps":
      return { least: 1, most: 100_000 };
    case "outage":
      return { least: 0, most: 60 };
  }
}

/** Fields in seconds, which may have parts of one. */
export const IN_SECONDS: ReadonlySet<NumberField> = new Set(["duration", "chat", "outage"]);

/** What is wrong with a draft: a field outside its bounds, or a target that is no address. */
export function faultsOf(draft: Draft, terms: LoadTestTerms): ReadonlySet<NumberField | "target"> {
  const faults = new Set<NumberField | "target">();
  for (const field of fieldsOf(draft.shape)) {
    const { least, most } = boundsOf(field, terms);
    const value = draft[field];
    const whole = IN_SECONDS.has(field) || Number.isInteger(value);
    if (value === "" || !whole || value < least || value > most) faults.add(field);
  }
  if (draft.chat !== "" && draft.chat > 0 && draft.chat < 0.25) faults.add("chat");
  if (draft.target.trim() !== "" && !/^https?:\/\/[^\s/?#@]+\/?$/i.test(draft.target.trim()))
    faults.add("target");
  if (draft.shape === "restart" && endsInOutage(draft)) faults.add("outage");
  return faults;
}

/** Seconds that clients need to come back. */
const COMING_BACK = 2;

/** Whether nobody could be back before the end: the outage begins halfway. */
export function endsInOutage({ duration, outage }: Draft): boolean {
  return Number(outage) + COMING_BACK > Number(duration) / 2;
}

/** Only for drafts without faults. */
export function bodyOf(draft: Draft, language: LoadTestLanguage): LoadTestBody {
  const target = draft.target.trim();
  return {
    ...(target !== "" && { targetUrl: target }),
    clients: Number(draft.clients),
    durationMs: Math.round(Number(draft.duration) * 1000),
    updateIntervalMs: Number(draft.update),
    spawnIntervalMs: Number(draft.spawn),
    chatIntervalMs: Math.round(Number(draft.chat) * 1000),
    mode: draft.mode,
    crowd: {
      shape: draft.shape,
      spread: draft.spread,
      walk: draft.walk,
      language,
      // What is not shown may be anything; the server checks all of it.
      slowPercent: valid(draft.slowPercent, FIRST_DRAFT.slowPercent),
      slowKbps: valid(draft.slowKbps, FIRST_DRAFT.slowKbps),
      outageMs: Math.round(valid(draft.outage, FIRST_DRAFT.outage) * 1000),
    },
  };
}

const valid = (value: number | "", otherwise: number | ""): number =>
  Number(value === "" ? otherwise : value);

/** A first look: thirty bots who walk and talk like people for two minutes. */
export function fullBody(terms: LoadTestTerms, language: LoadTestLanguage): LoadTestBody {
  const draft: Draft = {
    ...FIRST_DRAFT,
    clients: Math.min(30, terms.maxClients),
    duration: Math.min(120, terms.maxDurationMs / 1000),
    update: 100,
    spawn: 300,
    chat: 20,
    mode: "batch",
  };
  return bodyOf(draft, language);
}

/** Seconds until the last client is in. */
export function arrivalOf({ clients, spawn, shape, duration }: Draft): number {
  if (shape === "storm") return 0;
  if (shape === "ramp") return Number(duration) * 0.9;
  return (Math.max(0, Number(clients) - 1) * Number(spawn)) / 1000;
}
