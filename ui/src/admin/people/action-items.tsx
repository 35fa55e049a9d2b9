/** A word to them, warn, mute, kick and ban as items of a menu; what cannot be done says why. */
import {
  ChatCircleDotsIcon,
  DoorOpenIcon,
  HandIcon,
  type Icon,
  MicrophoneSlashIcon,
  ProhibitIcon,
} from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { MenuAction } from "../kit/menu-action";
import { openDialog, type Target } from "../state/dialog";

export const ACTIONS = ["warn", "mute", "kick", "ban", "tell"] as const;
export type ActionKind = (typeof ACTIONS)[number];

export const ACTION_ICONS: Readonly<Record<ActionKind, Icon>> = {
  warn: HandIcon,
  mute: MicrophoneSlashIcon,
  kick: DoorOpenIcon,
  ban: ProhibitIcon,
  tell: ChatCircleDotsIcon,
};

/** Those two end something. */
export const isHarsh = (kind: ActionKind): boolean => kind === "kick" || kind === "ban";

/** Why it cannot be done to this target, whoever asks. Names a text of `why`. */
export function obstacle(kind: ActionKind, target: Target): "gone" | "unknown" | null {
  if (kind === "warn" || kind === "kick" || kind === "tell") return target.sessionId === null ? "gone" : null;
  return target.sessionId === null && target.person === null ? "unknown" : null;
}

export function ActionItems({ target }: { readonly target: Target }) {
  return (
    <>
      {ACTIONS.map((kind) => (
        <ActionItem key={kind} kind={kind} target={target} />
      ))}
    </>
  );
}

function ActionItem({ kind, target }: { readonly kind: ActionKind; readonly target: Target }) {
  const { t } = useTranslation();
  const why = obstacle(kind, target);
  const Picture = ACTION_ICONS[kind];
  return (
    <MenuAction
      right={kind}
      why={why && t(`why.${why}`)}
      icon={<Picture size={16} />}
      harsh={isHarsh(kind)}
      onClick={() => openDialog({ kind, target })}
    >
      {t(`act.${kind}`)}
    </MenuAction>
  );
}
