/** A state in one word: soft ground, text and, where it helps, an icon of the same colour. */
import type { Icon } from "@phosphor-icons/react";
import type { ReactNode } from "react";
import classes from "./tag.module.css";

export type Tone = "neutral" | "accent" | "lantern" | "success" | "warn" | "danger" | "info";

export interface TagProps {
  readonly tone?: Tone;
  readonly icon?: Icon;
  readonly children: ReactNode;
}

export function Tag({ tone = "neutral", icon: Picture, children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {Picture && <Picture size={13} weight="bold" aria-hidden="true" />}
      {children}
    </span>
  );
}
