/** How people get in: the link, large; its QR code; every other address; and help when nobody can. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { CheckIcon, CopyIcon, QrCodeIcon, TelevisionIcon } from "@phosphor-icons/react";
import { type CSSProperties, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import type { InviteLink } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { Harbour } from "../../harbour/harbour";
import { Page } from "../../kit/page";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import { Tag } from "../../kit/tag";
import { complain, notify } from "../../kit/use-done";
import { Stale } from "../../kit/when-read";
import { Help } from "./help";
import classes from "./invite.module.css";
import { ObstacleNote } from "./obstacle";
import { Outside } from "./outside";
import { outsideLink } from "./outside-link";
import { hostAndPort, linkParts, linkWithPin } from "./qr";
import { QrCode } from "./qr-code";
import { TvView } from "./tv-view";
import { useInvite } from "./use-invite";
import { FirstVisitor } from "./visitor";

export default function InviteView() {
  const { t } = useTranslation();
  const { resource, pin, visitor, reload } = useInvite();
  const [chosen, setChosen] = useState<string | null>(null);
  const [tv, setTv] = useState(false);
  const pinned = useMirror((mirror) => mirror.server.pinRequired) ?? false;
  const links = resource.kind === "ready" ? resource.value.links : [];
  const obstacle = resource.kind === "ready" ? resource.value.obstacle : null;
  const outside = outsideLink(resource.kind === "ready" ? resource.value.outside : undefined);
  const copy = useCopy();
  const shown = [...links, outside].find((link) => link?.url === chosen) ?? links[0];
  return (
    <Page
      title={t("view.invite")}
      actions={
        <Button
          variant="default"
          disabled={!shown}
          leftSection={<TelevisionIcon size={16} />}
          onClick={() => setTv(true)}
        >
          {t("invite.tv")}
        </Button>
      }
    >
      {resource.kind === "loading" && <LoadingRows />}
      {resource.kind === "failed" && (
        <Failed what={t("invite.failed")} message={resource.message} onRetry={reload} />
      )}
      <Stale of={resource} onRetry={reload} />
      {resource.kind === "ready" && !shown && <Empty icon={QrCodeIcon}>{t("invite.none")}</Empty>}
      {resource.kind === "ready" && shown && (
        <div className={classes.stack}>
          <section className={classes.hero} aria-label={t("invite.link")}>
            <div className={classes.left}>
              <p className={classes.lead}>
                {t(`invite.lead.${shown === outside ? "outside" : leadOf(shown)}`)}
              </p>
              <BigLink url={shown.url} />
              <LinkButtons url={shown.url} />
              {pinned && <Pin pin={pin} />}
              {obstacle !== null && visitor === null && shown.kind === "local" ? (
                <ObstacleNote obstacle={obstacle} />
              ) : (
                <FirstVisitor visitor={visitor} />
              )}
            </div>
            <div className={classes.right}>
              <Harbour />
              <div className={classes.code}>
                <QrCode text={linkWithPin(shown.url, pin)} label={t("invite.qr", { url: shown.url })} />
              </div>
              <p>{t(shown.kind === "local" ? "invite.pointless" : "invite.point")}</p>
            </div>
          </section>
          <Outside
            invite={resource.value}
            pinned={pinned}
            onShow={setChosen}
            onCopy={(url) => void copy(url)}
            onChanged={reload}
          />
          <div className={classes.below}>
            <Addresses links={links} shown={shown} onShow={setChosen} />
            <Help invite={resource.value} />
          </div>
        </div>
      )}
      {tv && shown && <TvView url={shown.url} pin={pin} onClose={() => setTv(false)} />}
    </Page>
  );
}

/** Who can open a link. */
function leadOf({ kind, medium }: InviteLink) {
  return kind === "network" && medium === "vpn" ? "vpn" : kind;
}

/** On one line as long as that can be read; a longer one never breaks inside its port. */
function BigLink({ url }: { readonly url: string }) {
  const { scheme, rest } = linkParts(url);
  const { host, port } = hostAndPort(rest);
  return (
    <p
      className={classes.link}
      translate="no"
      style={{ "--letters": scheme.length + rest.length } as CSSProperties}
    >
      <span className={classes.scheme}>{scheme}</span>
      {host}
      <wbr />
      <span className={classes.port}>{port}</span>
    </p>
  );
}

function useCopy(): (text: string) => Promise<void> {
  const { t } = useTranslation();
  const { platform } = useAdmin();
  return async (text) => {
    if (await platform.copy(text)) notify(t("invite.copied"));
    else complain(t("invite.notCopied"));
  };
}

function LinkButtons({ url }: { readonly url: string }) {
  const { t } = useTranslation();
  const { platform } = useAdmin();
  const copy = useCopy();
  return (
    <div className={classes.buttons}>
      <Button size="sm" leftSection={<CopyIcon size={16} />} onClick={() => void copy(url)}>
        {t("invite.copy")}
      </Button>
      <Button size="sm" variant="default" onClick={() => platform.openLink(url)}>
        {t("invite.open")}
      </Button>
    </div>
  );
}

function Pin({ pin }: { readonly pin: string | null }) {
  const { t } = useTranslation();
  return (
    <div className={classes.pin}>
      {pin !== null && (
        <p className={classes.digits}>
          <span className="visually-hidden">{pin}</span>
          {[...pin].map((digit, place) => (
            <span key={place} aria-hidden="true">
              {digit}
            </span>
          ))}
        </p>
      )}
      <p>{t(pin === null ? "invite.pinHidden" : "invite.pin")}</p>
    </div>
  );
}

interface AddressesProps {
  readonly links: readonly InviteLink[];
  readonly shown: InviteLink;
  readonly onShow: (url: string) => void;
}

function Addresses({ links, shown, onShow }: AddressesProps) {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <section className={classes.panel} aria-labelledby="addresses">
      <h2 id="addresses" className={classes.panelTitle}>
        {t("invite.all")}
      </h2>
      <ul>
        {links.map((link) => (
          <li key={link.url} className={classes.row} aria-current={link.url === shown.url || undefined}>
            <span className={classes.medium}>{nameOf(link)}</span>
            <span className={`${classes.url} mono`} translate="no">
              {link.url.replace(/\/$/, "")}
            </span>
            <span className={classes.reached}>
              <Reached link={link} />
            </span>
            <Tooltip label={t("invite.copy")}>
              <ActionIcon
                aria-label={t("invite.copyOf", { url: link.url })}
                onClick={() => void copy(link.url)}
              >
                <CopyIcon size={17} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t("invite.show")}>
              <ActionIcon aria-label={t("invite.showOf", { url: link.url })} onClick={() => onShow(link.url)}>
                <QrCodeIcon size={17} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  );

  function nameOf({ kind, medium }: InviteLink): string {
    if (kind === "network") return t(`invite.medium.${medium ?? "other"}`);
    return t(`invite.kind.${kind}`);
  }
}

function Reached({ link }: { readonly link: InviteLink }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  if (link.reachedBy) {
    return (
      <Tooltip
        label={t("invite.reachedBy", {
          address: link.reachedBy.address,
          at: format.moment(link.reachedBy.at, now),
        })}
      >
        <span>
          <Tag tone="success" icon={CheckIcon}>
            {t("invite.reached")}
          </Tag>
        </span>
      </Tooltip>
    );
  }
  if (link.certified === false) return <>{t("invite.uncertified")}</>;
  return (
    <>
      {t(
        link.kind === "local"
          ? "invite.onlyYou"
          : link.kind === "name"
            ? "invite.mostNetworks"
            : "invite.nobodyYet",
      )}
    </>
  );
}
