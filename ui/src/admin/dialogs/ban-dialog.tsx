/**
 * Keeps somebody out: why, for how long, and what exactly is banned. Who else shares the address is said before it
 * happens, not after.
 */

import type { BodyOf } from "@comutiny/client/contract";
import { Checkbox, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import type { BanPreview, SanctionKind } from "../contract";
import { useDone } from "../kit/use-done";
import { useResource } from "../kit/use-resource";
import { useNames } from "../people/use-names";
import type { Target } from "../state/dialog";
import classes from "./ban-dialog.module.css";
import { DialogFrame } from "./dialog-frame";
import { BAN_PRESETS, type Duration, durationOf, minutesOf } from "./duration";
import { DurationField, ReasonField } from "./fields";
import { useMadeThings } from "./made-things";

export interface BanDialogProps {
  readonly target: Target;
  readonly reason?: string | undefined;
  /** After it worked. */
  readonly onDone?: (() => void) | undefined;
}

export function BanDialog({ target, reason: brought = "", onDone }: BanDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [reason, setReason] = useState(brought);
  const [duration, setDuration] = useState<Duration>({ kind: "preset", minutes: 1440 });
  const [address, setAddress] = useState(false);
  const { sessionId, person } = target;
  const { resource } = useResource(`ban ${sessionId}`, async (signal) =>
    sessionId === null ? null : calls.banPreview(api, sessionId, signal),
  );
  const preview = resource.kind === "ready" ? resource.value : null;
  const minutes = minutesOf(duration);
  const account =
    person?.kind === "account" ? { id: person.subject, name: target.name } : (preview?.account ?? null);
  const made = useMadeThings(account);
  return (
    <DialogFrame
      question={t("ban.question", { name: target.name })}
      consequence={t("ban.consequence")}
      target={target}
      verb={t("act.ban")}
      tone="danger"
      right="ban"
      incomplete={minutes === undefined ? t("duration.invalid") : made.incomplete}
      onSubmit={async () => {
        if (minutes === undefined) return;
        // First: a second try bans once, and does not stumble over what is gone already.
        await made.end();
        const { action } = await calls.ban(api, { ...subjects(), reason, minutes });
        done(t("ban.done", { name: target.name }), action);
        onDone?.();
      }}
    >
      <ReasonField
        value={reason}
        onChange={setReason}
        onLength={(minutes) => setDuration(durationOf(minutes, BAN_PRESETS))}
      />
      <DurationField value={duration} onChange={setDuration} presets={BAN_PRESETS} />
      {sessionId !== null && (
        <What
          preview={preview}
          loading={resource.kind === "loading"}
          address={address}
          onAddress={setAddress}
        />
      )}
      {made.field}
    </DialogFrame>
  );

  function subjects(): Pick<BodyOf<"ban">, "sessionId" | "what" | "subjects"> {
    if (sessionId !== null) {
      const own: SanctionKind = preview?.account || person?.kind === "account" ? "account" : "guest";
      return { sessionId, what: address ? [own, "address"] : [own] };
    }
    if (person) return { subjects: [person] };
    throw new Error(t("why.gone"));
  }
}

interface WhatProps {
  readonly preview: BanPreview | null;
  readonly loading: boolean;
  readonly address: boolean;
  readonly onAddress: (address: boolean) => void;
}

function What({ preview, loading, address, onAddress }: WhatProps) {
  const { t } = useTranslation();
  const value = preview?.address?.value;
  const exempt = preview?.address?.exempt ?? false;
  return (
    <fieldset className={classes.what}>
      <legend>{t("ban.what")}</legend>
      <Checkbox
        checked
        readOnly
        size="sm"
        label={preview?.account ? t("ban.account", { name: preview.account.name }) : t("ban.guest")}
        description={preview?.account ? null : t("ban.guestHelp")}
      />
      {loading && <Skeleton height={20} width="60%" />}
      {value !== undefined && (
        <Checkbox
          checked={address && !exempt}
          disabled={exempt}
          size="sm"
          onChange={(event) => onAddress(event.currentTarget.checked)}
          label={
            <>
              {t("ban.address")} <span className="mono">{value}</span>
            </>
          }
          description={exempt ? t("ban.exempt") : null}
        />
      )}
      {!exempt && preview && <SameAddress others={preview.sameAddress} />}
    </fieldset>
  );
}

function SameAddress({ others }: { readonly others: BanPreview["sameAddress"] }) {
  const { t } = useTranslation();
  const names = useNames();
  if (others.length === 0) return <p className={classes.others}>{t("ban.nobodyElse")}</p>;
  return (
    <p className={`${classes.others} ${classes.shared} freetext`}>
      {t("ban.alsoUsedBy", {
        names: names(others.map((other) => other.name)),
      })}
    </p>
  );
}
