/** Above the content while the feed is away: what is shown is old, when the next attempt comes, and a way to hurry. */
import { Button } from "@mantine/core";
import { PlugsIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useFeedStatus, useMirror } from "../access/admin";
import { useFormat, useSecond } from "../format/use-format";
import { refusalWords } from "../text/server-words";
import classes from "./connection-banner.module.css";

export function ConnectionBanner() {
  const status = useFeedStatus();
  return (
    <div aria-live="polite">
      {status.kind === "lost" && <Lost retryAt={status.retryAt} refusal={status.refusal} />}
    </div>
  );
}

/** Others hold the seats of the feed; everything else is no more than "not reached". */
const SEATS: ReadonlySet<string> = new Set(["too-many-windows", "too-many-viewers"]);

interface LostProps {
  readonly retryAt: number | null;
  readonly refusal: string | null;
}

function Lost({ retryAt, refusal }: LostProps) {
  const { t } = useTranslation();
  const { feed } = useAdmin();
  const format = useFormat();
  const at = useMirror((mirror) => mirror.at);
  useSecond();
  const seconds = retryAt === null ? 0 : Math.max(1, Math.ceil((retryAt - performance.now()) / 1000));
  return (
    <div className={classes.banner}>
      <PlugsIcon size={18} aria-hidden="true" />
      <p>
        {refusal !== null && SEATS.has(refusal) && `${refusalWords(t, refusal, "")} `}
        {/* The count changes each second; a reader hears the sentence once. */}
        <span aria-hidden="true">
          {retryAt === null ? t("lost.trying") : t("lost.retrying", { seconds })}
        </span>
        <span className="visually-hidden">{t("lost.spoken")}</span>{" "}
        {at !== null && t("lost.stale", { at: format.exactClock(at) })}
      </p>
      {retryAt !== null && (
        <Button variant="subtle" color="orange" size="compact-sm" onClick={() => feed.retryNow()}>
          {t("lost.now")}
        </Button>
      )}
    </div>
  );
}
