/** What an opened entry shows: before and after, what was said, and at last the ids. */
import { Button } from "@mantine/core";
import { ArrowRightIcon, CopyIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import type { ActionEntry } from "../../contract";
import { lengthWords } from "../../format/length";
import { notify } from "../../kit/use-done";
import { EvidenceLines, useEvidence } from "../../people/evidence-lines";
import { settingName, valueWords } from "../../text/setting-words";
import classes from "./audit.module.css";
import { evidenceOf, lengthOf, type SettingChange, settingChangesOf } from "./did";

export function AuditDetails({ entry }: { readonly entry: ActionEntry }) {
  const { t } = useTranslation();
  const { platform } = useAdmin();
  const changes = settingChangesOf(entry);
  const act = evidenceOf(entry);
  const ids = idsOf(entry, t("audit.entry"), t("audit.subject"), t("audit.actor"), t("audit.exact"));
  const named = [...changes.map(({ key }) => [t("audit.setting"), key] as const), ...ids];
  const copy = async () => {
    const text = named.map(([name, value]) => `${name}: ${value}`).join("\n");
    if (await platform.copy(text)) notify(t("audit.copied"));
  };
  return (
    <div className={classes.details}>
      {changes.map((change) => (
        <Change key={change.key} change={change} many={changes.length > 1} />
      ))}
      <Facts entry={entry} />
      {act !== null && <ActEvidence act={act} />}
      <div className={classes.ids}>
        <dl>
          {named.map(([name, value]) => (
            <div key={`${name} ${value}`}>
              <dt>{name}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<CopyIcon size={15} />}
          onClick={() => void copy()}
        >
          {t("audit.copyAll")}
        </Button>
      </div>
    </div>
  );
}

type Named = readonly (readonly [string, string])[];

function idsOf(entry: ActionEntry, id: string, subject: string, actor: string, exact: string): Named {
  return [
    [id, entry.id],
    [subject, entry.subject],
    [actor, entry.actor.id],
    [exact, entry.at.replace("T", " ").replace(/\.\d+Z$/, " UTC")],
  ];
}

function Change({ change, many }: { readonly change: SettingChange; readonly many: boolean }) {
  const { t } = useTranslation();
  const { key, before, after } = change;
  return (
    <div className={classes.change}>
      {many && <span className={classes.changed}>{settingName(t, key)}</span>}
      <span>
        <small>{t("audit.before")}</small>
        <del className="freetext">{valueWords(t, key, before)}</del>
      </span>
      <ArrowRightIcon size={16} aria-hidden="true" />
      <span>
        <small>{t("audit.after")}</small>
        <ins className="freetext">{valueWords(t, key, after)}</ins>
      </span>
      <span>
        <small>{t("audit.tookEffect")}</small>
        <span>{t("audit.atOnce")}</span>
      </span>
    </div>
  );
}

const SCOPES = ["account", "guest", "address"] as const;

/** Length and scope of a ban or mute. */
function Facts({ entry }: { readonly entry: ActionEntry }) {
  const { t } = useTranslation();
  const { action, details } = entry;
  if (action !== "ban.create" && action !== "mute.create") return null;
  const given: unknown[] = Array.isArray(details.kinds) ? details.kinds : [details.kind];
  const scopes = SCOPES.filter((scope) => given.includes(scope)).map((scope) => t(`audit.scope.${scope}`));
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t("audit.length")}</dt>
        <dd>{lengthWords(t, lengthOf(entry))}</dd>
      </div>
      {scopes.length > 0 && (
        <div>
          <dt>{t("audit.covers")}</dt>
          <dd>{scopes.join(", ")}</dd>
        </div>
      )}
    </dl>
  );
}

function ActEvidence({ act }: { readonly act: string }) {
  const { t } = useTranslation();
  const evidence = useEvidence(act);
  return (
    <section className={classes.evidence}>
      <h3>{t("evidence.title")}</h3>
      <EvidenceLines evidence={evidence} none={t("evidence.none")} />
    </section>
  );
}
