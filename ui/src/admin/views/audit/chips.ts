/** The two chips of an entry: its kind with its colour, and how it stands now. Pure. */
import {
  ArrowCounterClockwiseIcon,
  BroadcastIcon,
  ChartLineUpIcon,
  ChatCircleDotsIcon,
  DoorOpenIcon,
  FlagIcon,
  GearSixIcon,
  HandIcon,
  type Icon,
  IdentificationCardIcon,
  MicrophoneSlashIcon,
  NotePencilIcon,
  ProhibitIcon,
  RobotIcon,
  TShirtIcon,
  WebhooksLogoIcon,
} from "@phosphor-icons/react";
import type { ActionEntry } from "../../contract";
import type { Tone } from "../../kit/tag";
import { idsOf } from "./did";

export interface Kind {
  readonly tone: Tone;
  readonly icon: Icon;
}

const EXACT: Readonly<Record<string, Kind>> = {
  "session.warn": { tone: "warn", icon: HandIcon },
  "session.tell": { tone: "info", icon: ChatCircleDotsIcon },
  announcement: { tone: "info", icon: BroadcastIcon },
  "ban.create": { tone: "danger", icon: ProhibitIcon },
  "mute.create": { tone: "warn", icon: MicrophoneSlashIcon },
};

const AREAS: Readonly<Record<string, Kind>> = {
  session: { tone: "danger", icon: DoorOpenIcon },
  ban: { tone: "success", icon: ArrowCounterClockwiseIcon },
  mute: { tone: "success", icon: ArrowCounterClockwiseIcon },
  chat: { tone: "neutral", icon: ChatCircleDotsIcon },
  held: { tone: "warn", icon: ChatCircleDotsIcon },
  note: { tone: "neutral", icon: NotePencilIcon },
  report: { tone: "neutral", icon: FlagIcon },
  user: { tone: "neutral", icon: IdentificationCardIcon },
  host: { tone: "neutral", icon: IdentificationCardIcon },
  service: { tone: "neutral", icon: RobotIcon },
  webhook: { tone: "neutral", icon: WebhooksLogoIcon },
  sprite: { tone: "neutral", icon: TShirtIcon },
  settings: { tone: "neutral", icon: GearSixIcon },
  "load-test": { tone: "neutral", icon: ChartLineUpIcon },
};

export function kindOf(action: string): Kind {
  const known = Object.hasOwn(EXACT, action) ? EXACT[action] : undefined;
  if (known) return known;
  const [area = ""] = action.split(".");
  return (Object.hasOwn(AREAS, area) ? AREAS[area] : undefined) ?? { tone: "neutral", icon: GearSixIcon };
}

export type Standing =
  | { readonly kind: "undone"; readonly at: string; readonly by: string | null }
  | { readonly kind: "lifted" | "over" | "forGood" }
  | { readonly kind: "until"; readonly at: string }
  | { readonly kind: "readBy"; readonly count: number };

/** What newer entries did about older ones. */
export interface Later {
  /** Ids of the bans and mutes that were lifted. */
  readonly lifted: ReadonlySet<string>;
}

/** How an entry stands at `now` (ms). */
export function standingOf(
  { action, details, undoneAt, undoneBy }: Pick<ActionEntry, "action" | "details" | "undoneAt" | "undoneBy">,
  { lifted }: Later,
  now: number,
): Standing | null {
  if (undoneAt !== null) return { kind: "undone", at: undoneAt, by: undoneBy?.name ?? null };
  if (action === "announcement" && typeof details.recipients === "number")
    return { kind: "readBy", count: details.recipients };
  if (action !== "ban.create" && action !== "mute.create") return null;
  const ids = idsOf(details);
  if (ids.length > 0 && ids.every((id) => lifted.has(id))) return { kind: "lifted" };
  if (typeof details.until !== "string") return { kind: "forGood" };
  return Date.parse(details.until) <= now ? { kind: "over" } : { kind: "until", at: details.until };
}

/** What these entries did about others. */
export function laterOf(entries: readonly ActionEntry[]): Later {
  const lifts = entries.filter(({ action }) => action === "ban.lift" || action === "mute.lift");
  return { lifted: new Set(lifts.flatMap(({ details }) => idsOf(details))) };
}
