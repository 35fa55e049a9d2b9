/** The settings of the server, where each comes from, and what a host may change while it runs. */
import { Button, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { GearSixIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance } from "../../access/admin";
import * as calls from "../../api/calls";
import { ApiProblem, sentenceOf } from "../../api/client";
import type { SettingView } from "../../contract";
import { LeavingAsks } from "../../dialogs/leaving-asks";
import { ActionButton } from "../../kit/action-button";
import { Page } from "../../kit/page";
import panel from "../../kit/panel.module.css";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import { Tag } from "../../kit/tag";
import { complain, notify } from "../../kit/use-done";
import { useResource } from "../../kit/use-resource";
import { knownKey, knownSection } from "../../text/known-settings";
import { titleOf } from "../../text/setting-words";
import { draftOf, type SettingDrafts, type SettingValue, valuesOf } from "./drafts";
import { sectionsOf } from "./sections";
import classes from "./settings.module.css";

export default function Settings() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { resource, reload, put } = useResource("settings", (signal) => calls.settings(api, signal));
  const [drafts, setDrafts] = useState<SettingDrafts>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const settings = resource.kind === "ready" ? resource.value.settings : [];
  const values = valuesOf(settings, drafts);
  const changed = Object.keys(values).length;

  const save = async () => {
    setBusy(true);
    setProblems({});
    try {
      put(await calls.changeSettings(api, values));
      setDrafts({});
      notify(t("settings.saved"));
    } catch (error) {
      if (error instanceof ApiProblem) setProblems(error.fields);
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  const sectionName = (name: string) => {
    const section = knownSection(name);
    return section ? t(`settings.section.${section}`) : name;
  };

  return (
    <Page
      title={t("view.settings")}
      actions={
        <>
          {changed > 0 && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                setDrafts({});
                setProblems({});
              }}
            >
              {t("settings.discard")}
            </Button>
          )}
          <ActionButton
            right="settings"
            loading={busy}
            why={changed === 0 ? t("settings.unchanged") : null}
            onClick={() => void save()}
          >
            {changed > 0 ? t("settings.save", { count: changed }) : t("settings.saveNone")}
          </ActionButton>
        </>
      }
    >
      {resource.kind === "loading" && <LoadingRows />}
      {resource.kind === "failed" && (
        <Failed what={t("settings.failed")} message={resource.message} onRetry={reload} />
      )}
      {resource.kind === "ready" && settings.length === 0 && (
        <Empty icon={GearSixIcon}>{t("settings.none")}</Empty>
      )}
      <LeavingAsks unsaved={changed} />
      <div className={classes.stack}>
        {sectionsOf(settings).map(({ name, editable, settings: group }) => (
          <section key={`${name} ${editable}`} className={panel.panel}>
            <header className={panel.head}>
              <h2>{sectionName(name)}</h2>
              {!editable && <p>{t("settings.fixed")}</p>}
            </header>
            {group.map((setting) => (
              <SettingRow
                key={setting.key}
                setting={setting}
                draft={drafts[setting.key]}
                problem={problems[setting.key]}
                onDraft={(value) => setDrafts({ ...drafts, [setting.key]: value })}
              />
            ))}
          </section>
        ))}
      </div>
    </Page>
  );
}

interface SettingRowProps {
  readonly setting: SettingView;
  readonly draft: SettingValue | undefined;
  readonly problem: string | undefined;
  readonly onDraft: (value: SettingValue) => void;
}

function SettingRow({ setting, draft, problem, onDraft }: SettingRowProps) {
  const { t } = useTranslation();
  const id = `setting-${setting.key}`;
  const known = knownKey(setting.key);
  return (
    <div className={`${panel.row} ${classes.row}`}>
      <div className={classes.what}>
        <label htmlFor={id} className={classes.name}>
          {known ? t(`settings.known.${known}.title`) : titleOf(setting.key)}
        </label>
        <p>{known ? t(`settings.known.${known}.help`) : setting.help}</p>
        <code className={classes.key}>{setting.key}</code>
      </div>
      <div className={classes.value}>
        {setting.editable ? (
          <Field id={id} setting={setting} draft={draft} problem={problem} onDraft={onDraft} />
        ) : (
          <output id={id} className="mono">
            {shown(setting, t("settings.hidden"), t("settings.unset"), t("settings.yes"), t("settings.no"))}
          </output>
        )}
        <p className={classes.foot}>
          <Tag tone={setting.source === "default" ? "neutral" : "accent"}>
            {t(`settings.source.${setting.source}`)}
          </Tag>
          {setting.restart && <span>{t("settings.restart")}</span>}
          {setting.editable && setting.source === "database" && draft !== null && (
            <Button variant="subtle" size="compact-xs" onClick={() => onDraft(null)}>
              {t("settings.reset")}
            </Button>
          )}
        </p>
      </div>
    </div>
  );
}

interface FieldProps extends SettingRowProps {
  readonly id: string;
}

function Field({ id, setting, draft, problem, onDraft }: FieldProps) {
  const { t, i18n } = useTranslation();
  const locked = useHindrance("settings");
  const value = draftOf(setting, draft);
  const common = {
    id,
    disabled: locked !== null,
    error: problem,
    // The server says it in English only.
    ...(setting.accepts !== "" &&
      i18n.language === "en" && { description: t("settings.accepts", { what: setting.accepts }) }),
  };
  switch (setting.kind) {
    case "boolean":
      return (
        <Switch
          id={id}
          disabled={common.disabled}
          error={problem}
          checked={value === true}
          onChange={(event) => onDraft(event.currentTarget.checked)}
        />
      );
    case "number":
    case "minutes":
      return (
        <NumberInput
          {...common}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onDraft(next === "" ? null : Number(next))}
          maw={180}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          value={typeof value === "string" ? value : null}
          data={setting.choices ?? []}
          allowDeselect={false}
          onChange={(next) => onDraft(next)}
          w={220}
        />
      );
    case "text":
      return (
        <TextInput
          {...common}
          value={typeof value === "string" ? value : ""}
          placeholder={setting.secret && setting.set ? t("settings.hidden") : ""}
          onChange={(event) => onDraft(event.currentTarget.value)}
          autoComplete="off"
          dir="auto"
        />
      );
  }
}

function shown(setting: SettingView, hidden: string, unset: string, yes: string, no: string): string {
  if (setting.secret) return setting.set ? hidden : unset;
  if (setting.value === null || setting.value === "") return unset;
  if (typeof setting.value === "boolean") return setting.value ? yes : no;
  return String(setting.value);
}
