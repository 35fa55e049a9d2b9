/** People outside the network: what the router does for them, who can come in by which link, and why not. */
import { ActionIcon, Switch, Tooltip } from "@mantine/core";
import { CheckIcon, CopyIcon, QrCodeIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance } from "../../access/admin";
import { changeSettings } from "../../api/calls";
import type { Invite } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { suggestedPin } from "../../kit/suggested-pin";
import { Tag } from "../../kit/tag";
import { useAttempt } from "../../kit/use-attempt";
import { notify } from "../../kit/use-done";
import { WhyNot } from "../../kit/why-not";
import classes from "./invite.module.css";
import type { OpenOutside } from "./outside-link";

export interface OutsideProps {
  readonly invite: Invite;
  /** Whether people need a PIN. */
  readonly pinned: boolean;
  readonly onShow: (url: string) => void;
  readonly onCopy: (url: string) => void;
  readonly onChanged: () => void;
}

export function Outside({ invite, pinned, onShow, onCopy, onChanged }: OutsideProps) {
  const { t } = useTranslation();
  const { outside } = invite;
  const { busy, hindrance, change } = useChange(onChanged);
  const isOn = outside.state !== "off";
  const setPin = async () => {
    const pin = suggestedPin();
    if (await change({ join_pin: pin })) notify(t("invite.outside.pinSet", { pin }));
  };
  return (
    <section className={`${classes.panel} ${classes.outside}`} aria-labelledby="outside">
      <div className={classes.outsideHead}>
        <h2 id="outside">{t("invite.outside.title")}</h2>
        <WhyNot hindrance={hindrance}>
          <Switch
            aria-labelledby="outside"
            checked={isOn}
            disabled={busy || hindrance !== null}
            onChange={() => void change({ port_mapping: !isOn })}
          />
        </WhyNot>
      </div>
      <div role="status">
        {outside.state === "open" ? (
          <Open open={outside} port={invite.port} onShow={onShow} onCopy={onCopy} />
        ) : (
          <Closed invite={invite} />
        )}
      </div>
      {outside.state === "open" && !pinned && (
        <div className={classes.suggest}>
          <p>{t("invite.outside.noPin")}</p>
          <ActionButton
            right="settings"
            size="xs"
            variant="default"
            loading={busy}
            onClick={() => void setPin()}
          >
            {t("invite.outside.setPin")}
          </ActionButton>
        </div>
      )}
    </section>
  );
}

/** Changes settings, one press at a time; whether it worked. */
function useChange(onChanged: () => void) {
  const { api } = useAdmin();
  const hindrance = useHindrance("settings");
  const { busy, attempt } = useAttempt();
  const change = (values: Parameters<typeof changeSettings>[1]) =>
    attempt(async () => {
      await changeSettings(api, values);
      onChanged();
    });
  return { busy, hindrance, change };
}

function Closed({ invite }: { readonly invite: Invite }) {
  const { t } = useTranslation();
  const { outside } = invite;
  if (outside.state === "asking") return <p>{t("invite.outside.asking")}</p>;
  if (outside.state === "failed") {
    return (
      <>
        <p>
          <strong>{t("invite.outside.failed")}</strong>{" "}
          {t(`invite.outside.why.${outside.obstacle}`, { address: outside.address ?? "" })}
        </p>
        {outside.said !== null && <p className={classes.said}>{outside.said}</p>}
        <p>{t("invite.outside.instead")}</p>
      </>
    );
  }
  const isPublic = invite.links.some(({ kind }) => kind === "public");
  if (isPublic) return <p>{t("invite.outside.offPublic")}</p>;
  return <p>{t(invite.obstacle === null ? "invite.outside.off" : "invite.outside.offAlone")}</p>;
}

interface OpenProps {
  readonly open: OpenOutside;
  /** The port of the server. */
  readonly port: number;
  readonly onShow: (url: string) => void;
  readonly onCopy: (url: string) => void;
}

function Open({ open, port, onShow, onCopy }: OpenProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const { url, reachedBy } = open;
  return (
    <>
      <div className={classes.way}>
        <span className={`${classes.url} mono`} translate="no">
          {url.replace(/\/$/, "")}
        </span>
        {reachedBy !== null && (
          <Tag tone="success" icon={CheckIcon}>
            {t("invite.reached")}
          </Tag>
        )}
        <Tooltip label={t("invite.copy")}>
          <ActionIcon aria-label={t("invite.copyOf", { url })} onClick={() => onCopy(url)}>
            <CopyIcon size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("invite.show")}>
          <ActionIcon aria-label={t("invite.showOf", { url })} onClick={() => onShow(url)}>
            <QrCodeIcon size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
      <p>
        {reachedBy === null
          ? t("invite.outside.open")
          : t("invite.outside.proven", {
              address: reachedBy.address,
              at: format.moment(reachedBy.at, now),
            })}
      </p>
      {open.port !== port && <p>{t("invite.outside.otherPort", { port, external: open.port })}</p>}
      {open.certified === false && <p>{t("invite.uncertified")}.</p>}
      <p>
        {t(open.until === null ? "invite.outside.forGood" : "invite.outside.until", {
          method: t(`invite.outside.method.${open.method}`),
          at: open.until === null ? "" : format.moment(open.until, now),
        })}{" "}
        {t("invite.outside.adminStays")}
      </p>
    </>
  );
}
