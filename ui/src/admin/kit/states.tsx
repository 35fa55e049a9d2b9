/**
 * The states every view has besides the live one: loading, empty, failed. A failure stays inside the panel that failed.
 */
import { Button, Skeleton } from "@mantine/core";
import { ArrowClockwiseIcon, type Icon, MagnifyingGlassIcon, WarningIcon } from "@phosphor-icons/react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./states.module.css";

/** Anything faster than this needs no skeleton, ms. */
const PATIENCE_MS = 200;

export function LoadingRows({ rows = 8, height = 40 }: { readonly rows?: number; readonly height?: number }) {
  const { t } = useTranslation();
  const shown = useAfter(PATIENCE_MS);
  return (
    <div className={classes.loading} role="status" aria-label={t("state.loading")}>
      {shown &&
        Array.from({ length: rows }, (_, row) => (
          <div key={row} className={classes.row} style={{ height }}>
            <Skeleton circle height={22} />
            <Skeleton height={10} width={`${26 - ((row * 7) % 12)}%`} />
            <Skeleton height={10} width={`${18 + ((row * 5) % 9)}%`} ml="auto" />
          </div>
        ))}
    </div>
  );
}

export interface EmptyProps {
  readonly icon: Icon;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function Empty({ icon: Picture, children, action }: EmptyProps) {
  return (
    <div className={classes.still}>
      <Picture size={40} weight="duotone" className={classes.picture} aria-hidden="true" />
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What a search or a filter leaves of a list that has something in it. */
export function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty
      icon={MagnifyingGlassIcon}
      action={
        <Button variant="default" onClick={onClear}>
          {t("list.clear")}
        </Button>
      }
    >
      {t("list.noMatch")}
    </Empty>
  );
}

export interface FailedProps {
  /** What could not be done, with what it means. */
  readonly what: string;
  /** The server's sentence. */
  readonly message: string;
  readonly onRetry: () => void;
}

export function Failed({ what, message, onRetry }: FailedProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.still} role="alert">
      <WarningIcon size={40} weight="duotone" className={classes.trouble} aria-hidden="true" />
      <p>
        {what} {message}
      </p>
      <Button variant="default" leftSection={<ArrowClockwiseIcon size={16} />} onClick={onRetry}>
        {t("state.retry")}
      </Button>
    </div>
  );
}

function useAfter(ms: number): boolean {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setAfter(true), ms);
    return () => window.clearTimeout(timer);
  }, [ms]);
  return after;
}
