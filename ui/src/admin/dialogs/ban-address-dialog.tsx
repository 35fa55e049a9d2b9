/**
 * Keeps out whoever comes from an address or a block of them. Who of those present that hits, and who it spares, is
 * shown while it is written.
 */
import { TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../access/admin";
import * as calls from "../api/calls";
import { ApiProblem } from "../api/client";
import type { AdminSession } from "../contract";
import { useFormat } from "../format/use-format";
import { useDone } from "../kit/use-done";
import { type AddressBlock, type ReadBlock, readBlock, sessionsIn } from "../people/address-block";
import { useNames } from "../people/use-names";
import classes from "./ban-address-dialog.module.css";
import { DialogFrame } from "./dialog-frame";
import { BAN_PRESETS, type Duration, minutesOf } from "./duration";
import { DurationField, ReasonField } from "./fields";

const HINT_ID = "ban-address-hint";
/** An IPv6 address with its length is shorter. */
const LONGEST_BLOCK = 64;

export function BanAddressDialog() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [typed, setTyped] = useState("");
  const [left, setLeft] = useState(false);
  const [reason, setReason] = useState("");
  const [duration, setDuration] = useState<Duration>({ kind: "preset", minutes: 1440 });
  const read = useMemo(() => readBlock(typed), [typed]);
  const minutes = minutesOf(duration);
  const isFaulty = left && (read.kind === "wrong" || read.kind === "too-wide");
  return (
    <DialogFrame
      question={t("banAddress.question")}
      consequence={t("banAddress.consequence")}
      verb={t("act.ban")}
      tone="danger"
      right="ban"
      incomplete={incomplete()}
      onSubmit={submit}
    >
      <div>
        <TextInput
          label={t("banAddress.label")}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setLeft(false);
          }}
          onBlur={() => setLeft(true)}
          onKeyDown={(event) => event.key === "Enter" && setLeft(true)}
          error={isFaulty}
          aria-describedby={HINT_ID}
          classNames={{ input: "mono" }}
          maxLength={LONGEST_BLOCK}
          size="md"
          data-autofocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div id={HINT_ID} className={classes.hint} role="status">
          <Hint read={read} isFaulty={isFaulty} />
        </div>
      </div>
      <ReasonField value={reason} onChange={setReason} />
      <DurationField value={duration} onChange={setDuration} presets={BAN_PRESETS} />
    </DialogFrame>
  );

  function incomplete(): string | null {
    if (read.kind === "empty") return t("banAddress.empty");
    if (read.kind !== "block") return t("banAddress.correctFirst");
    return minutes === undefined ? t("duration.invalid") : null;
  }

  async function submit(): Promise<void> {
    if (read.kind !== "block" || minutes === undefined) return;
    const subjects = [{ kind: "address" as const, subject: read.block.text }];
    try {
      const { action } = await calls.ban(api, { subjects, reason, minutes });
      done(t("banAddress.done", { address: read.block.text }), action);
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "exempt-address") throw new Error(t("ban.exempt"));
      throw error;
    }
  }
}

const nameOf = ({ name }: AdminSession) => name;

interface HintProps {
  readonly read: ReadBlock;
  readonly isFaulty: boolean;
}

function Hint({ read, isFaulty }: HintProps) {
  const { t } = useTranslation();
  if (read.kind === "block") return <WhoIsHit block={read.block} />;
  if (!isFaulty) return <p>{t("banAddress.example")}</p>;
  return (
    <p className={classes.faulty}>
      {read.kind === "too-wide" ? t("banAddress.tooWide", { widest: read.widest }) : t("banAddress.wrong")}
    </p>
  );
}

function WhoIsHit({ block }: { readonly block: AddressBlock }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sessions = useMirror((mirror) => mirror.sessions);
  const { hit, spared } = useMemo(() => sessionsIn(block, sessions?.values() ?? []), [block, sessions]);
  const { addresses, text } = block;
  const names = useNames();
  return (
    <>
      <p>
        <span className="mono">{text}</span>
        {addresses === null && `: ${t("banAddress.network")}`}
        {addresses !== null &&
          addresses > 1 &&
          `: ${t("banAddress.addresses", { count: addresses, number: format.count(addresses) })}`}
      </p>
      <p className={`${hit.length > 0 ? classes.hit : ""} freetext`}>
        {hit.length === 0
          ? t("banAddress.nobody")
          : t("banAddress.hit", { count: hit.length, names: names(hit.map(nameOf)) })}
      </p>
      {spared.length > 0 && (
        <p className="freetext">
          {t("banAddress.spared", { count: spared.length, names: names(spared.map(nameOf)) })}
        </p>
      )}
    </>
  );
}
