/** The announcement that stands above the chat for a while, for moderators and for everybody; nothing without one. */
import { PushPinIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { unpin } from "../../api/calls";
import { untilWords } from "../../format/until";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { RowAction } from "../../kit/row-action";
import classes from "./pinned-bar.module.css";

export function PinnedBar() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  const pinned = useMirror((mirror) => mirror.server.pinned) ?? null;
  if (pinned === null || Date.parse(pinned.until) <= now) return null;
  return (
    <section className={classes.pinned} aria-label={t("chat.pinned")}>
      <PushPinIcon size={18} weight="fill" aria-hidden="true" />
      <div>
        <p className="freetext" dir="auto">
          {pinned.message}
        </p>
        <p>
          {t("chat.pinnedBy", {
            name: pinned.by.name,
            at: format.moment(pinned.at, now),
            until: untilWords(t, format, pinned.until, now),
          })}
        </p>
      </div>
      <RowAction
        right="announce"
        verb={t("chat.unpin")}
        done={t("chat.unpinned")}
        onDone={() => undefined}
        run={() => unpin(api)}
      />
    </section>
  );
}
