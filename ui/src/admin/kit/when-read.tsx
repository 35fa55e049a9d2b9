/**
 * The states of what REST tells, in one place: a skeleton, a failure with its button, or what was read. What could not be
 * read again stays, and says from when it is.
 */
import { Button } from "@mantine/core";
import { ClockCounterClockwiseIcon } from "@phosphor-icons/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use-format";
import type { Freshness, Resource } from "./reading";
import { Failed, LoadingRows } from "./states";
import classes from "./states.module.css";
import type { Pages } from "./use-pages";
import type { Loaded } from "./use-resource";

interface WhenProps {
  /** Said before the server's sentence when nothing could be read. */
  readonly failed: string;
  /** In place of rows that load. */
  readonly waiting?: ReactNode;
}

export interface WhenReadProps<T> extends WhenProps {
  readonly loaded: Pick<Loaded<T>, "resource" | "reload">;
  readonly children: (value: T) => ReactNode;
}

export function WhenRead<T>({ loaded, failed, waiting = <LoadingRows />, children }: WhenReadProps<T>) {
  const { resource, reload } = loaded;
  switch (resource.kind) {
    case "loading":
      return waiting;
    case "failed":
      return <Failed what={failed} message={resource.message} onRetry={reload} />;
    case "ready":
      return (
        <>
          <Stale of={resource} onRetry={reload} />
          {children(resource.value)}
        </>
      );
  }
}

export interface WhenListedProps extends WhenProps {
  readonly pages: Omit<Pages<unknown>, "more">;
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

export function WhenListed({ pages, failed, waiting = <LoadingRows />, empty, children }: WhenListedProps) {
  const none = pages.items.length === 0;
  if (pages.kind === "loading" && none) return waiting;
  if (pages.kind === "failed") return <Failed what={failed} message={pages.message} onRetry={pages.reload} />;
  return (
    <>
      <Stale of={pages} onRetry={pages.reload} />
      {none ? empty : children}
    </>
  );
}

export interface StaleProps {
  readonly of: Freshness | Resource<unknown>;
  readonly onRetry: () => void;
}

/** Above what is older than it should be; nothing above the rest. */
export function Stale({ of, onRetry }: StaleProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!("trouble" in of) || of.trouble === null) return null;
  return (
    <div className={classes.stale} role="status">
      <ClockCounterClockwiseIcon size={16} aria-hidden="true" />
      <p>
        {of.trouble} {t("lost.stale", { at: format.exactClock(of.readAt) })}
      </p>
      <Button variant="subtle" color="orange" size="compact-sm" onClick={onRetry}>
        {t("state.retry")}
      </Button>
    </div>
  );
}
