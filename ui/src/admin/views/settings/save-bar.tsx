/** From the first change on, at the bottom: what changes, what it costs, and the two ways out. */
import { Button, Kbd } from "@mantine/core";
import { PencilSimpleIcon } from "@phosphor-icons/react";
import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { COMMAND_KEY, dialogOpen } from "../../keys/keys";
import { ActionButton } from "../../kit/action-button";
import { Tag } from "../../kit/tag";
import { settingName, valueWords } from "../../text/setting-words";
import type { SettingValue } from "./drafts";
import classes from "./settings.module.css";

export interface SaveBarProps {
  /** What is sent, by key. */
  readonly values: Readonly<Record<string, SettingValue>>;
  readonly busy: boolean;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}

/** Changes that are spelled out; more are only counted. */
const SPELLED = 2;
/** Between the bar and what is around it, px. */
const EDGE = 14;

export function SaveBar({ values, busy, onDiscard, onSave }: SaveBarProps) {
  const { t } = useTranslation();
  const changes = Object.entries(values);
  const bar = useRef<HTMLElement>(null);
  useSaveKey(onSave);
  useUncovered(bar, changes.length);
  return (
    <section ref={bar} className={classes.bar} aria-label={t("settings.changes", { count: changes.length })}>
      <Tag tone="accent" icon={PencilSimpleIcon}>
        {t("settings.changes", { count: changes.length })}
      </Tag>
      <p className="freetext">
        {changes.length <= SPELLED &&
          changes.map(([key, value]) => (
            <span key={key}>
              <b>{settingName(t, key)}</b> {value === null ? t("settings.reset") : valueWords(t, key, value)}.{" "}
            </span>
          ))}
        {t("settings.costsNothing")}
      </p>
      <Button variant="subtle" color="gray" onClick={onDiscard}>
        {t("settings.discard")}
      </Button>
      <ActionButton
        right="settings"
        loading={busy}
        rightSection={
          <Kbd className={classes.keyHint ?? ""} aria-hidden="true">
            {COMMAND_KEY} S
          </Kbd>
        }
        onClick={onSave}
      >
        {t("settings.save", { count: changes.length })}
      </ActionButton>
    </section>
  );
}

/** The bar floats over the rows: what somebody just changed comes out from under it. */
function useUncovered(bar: RefObject<HTMLElement | null>, changes: number): void {
  useEffect(() => {
    const row = document.activeElement?.closest<HTMLElement>("[data-changed]");
    if (!row || !bar.current) return;
    row.style.scrollMarginBottom = `${bar.current.offsetHeight + 2 * EDGE}px`;
    row.scrollIntoView({ block: "nearest" });
  }, [bar, changes]);
}

function useSaveKey(save: () => void): void {
  const newest = useRef(save);
  newest.current = save;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || dialogOpen()) return;
      event.preventDefault();
      newest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
