/** A state in one word: soft ground, text and, where it helps, an icon of the same colour. */
import { FlagIcon, HandIcon, type Icon, MicrophoneSlashIcon, ProhibitIcon } from "@phosphor-icons/react";
import type { ReactNode } from "react";
import classes from "./tag.module.css";

export type Tone = "neutral" | "accent" | "lantern" | "success" | "warn" | "danger" | "info";

/** What is done about people, and reports of them: drawn full where it counts. Of the others the outline says more. */
const FULL: ReadonlySet<Icon> = new Set([FlagIcon, HandIcon, MicrophoneSlashIcon, ProhibitIcon]);

export interface TagProps {
  readonly tone?: Tone;
  readonly icon?: Icon;
  readonly children: ReactNode;
}

export function Tag({ tone = "neutral", icon: Picture, children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {Picture && (
        <Picture
          size={13}
          weight={FULL.has(Picture) && tone !== "neutral" ? "fill" : "bold"}
          aria-hidden="true"
        />
      )}
      {children}
    </span>
  );
}
