/** The link and its code for the far side of a room. Escape or a click closes it. */
import { CloseButton, Portal } from "@mantine/core";
import { useFocusTrap } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { Mark, Wordmark } from "../../brand/brand";
import { linkParts, linkWithPin } from "./qr";
import { QrCode } from "./qr-code";
import classes from "./tv-view.module.css";

export interface TvViewProps {
  readonly url: string;
  readonly pin: string | null;
  readonly onClose: () => void;
}

/** The link on one line: what it may take of the width, and how wide one letter is. */
const WIDTH_VW = 94;
const ADVANCE_EM = 0.58;

export function TvView({ url, pin, onClose }: TvViewProps) {
  const { t } = useTranslation();
  const trap = useFocusTrap();
  const players = useMirror((mirror) => mirror.now.players) ?? 0;
  const { scheme, rest } = linkParts(url);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <Portal>
      <div ref={trap} className={classes.tv} role="dialog" aria-modal="true" aria-label={t("invite.tvTitle")}>
        <header className={classes.head}>
          <Mark size={44} />
          <Wordmark />
          <CloseButton size="lg" aria-label={t("dialog.close")} onClick={onClose} />
        </header>
        <div className={classes.code}>
          <QrCode text={linkWithPin(url, pin)} label={t("invite.qr", { url })} />
        </div>
        <p
          className={classes.link}
          translate="no"
          style={{ fontSize: `min(9vw, ${WIDTH_VW / (ADVANCE_EM * (scheme.length + rest.length))}vw)` }}
        >
          <span>{scheme}</span>
          {rest}
        </p>
        <p className={classes.foot}>
          {pin !== null && <>{t("invite.tvPin", { pin })} </>}
          {players > 0 && <span className={classes.people}>{t("nav.playersHere", { count: players })}</span>}
        </p>
      </div>
    </Portal>
  );
}
