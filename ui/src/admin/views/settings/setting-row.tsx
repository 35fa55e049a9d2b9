/** One setting: what it is at the left, its control at the right; one that was changed says what it was. */
import { PencilSimpleIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useHindrance, useMirror } from "../../access/admin";
import type { SettingView } from "../../contract";
import { ActionButton } from "../../kit/action-button";
import panel from "../../kit/panel.module.css";
import { Tag } from "../../kit/tag";
import { WhyNot } from "../../kit/why-not";
import { settingHelp, settingName, valueWords } from "../../text/setting-words";
import { draftOf, type SettingValue } from "./drafts";
import { SettingField } from "./setting-field";
import classes from "./settings.module.css";
import { WordTrial } from "./word-trial";

export interface SettingRowProps {
  readonly setting: SettingView;
  readonly draft: SettingValue | undefined;
  /** The draft differs from what is in force. */
  readonly changed: boolean;
  readonly problem: string | undefined;
  readonly onDraft: (value: SettingValue) => void;
  /** Back to what is in force. */
  readonly onForget: () => void;
}

export function SettingRow(props: SettingRowProps) {
  const { setting, draft, changed, problem, onDraft, onForget } = props;
  const { t } = useTranslation();
  const hindrance = useHindrance("settings");
  const id = `setting-${setting.key}`;
  return (
    <div className={`${panel.row} ${classes.row}`} data-changed={changed || undefined}>
      <div className={classes.what}>
        <span className={classes.named}>
          <label htmlFor={id} className={classes.name}>
            {settingName(t, setting.key)}
          </label>
          {changed && (
            <button type="button" className={classes.was} onClick={onForget}>
              <PencilSimpleIcon size={12} aria-hidden="true" />
              {t("settings.was", {
                value: setting.secret ? t("settings.hidden") : valueWords(t, setting.key, setting.value),
              })}
            </button>
          )}
        </span>
        <p>{settingHelp(t, setting)}</p>
        {problem !== undefined && <code className={classes.key}>{setting.key}</code>}
      </div>
      <div className={classes.value}>
        {setting.key === "guests_allowed" && <GuestsHere />}
        <WhyNot hindrance={hindrance} className={classes.locked}>
          <SettingField id={id} setting={setting} draft={draft} problem={problem} onDraft={onDraft} />
        </WhyNot>
        {setting.source === "database" && draft !== null && (
          <ActionButton right="settings" variant="subtle" size="compact-xs" onClick={() => onDraft(null)}>
            {t("settings.reset")}
          </ActionButton>
        )}
        {setting.key === "word_list" && <WordTrial words={String(draftOf(setting, draft) ?? "")} />}
      </div>
    </div>
  );
}

/** How many came in without an account: whom a change would concern. */
function GuestsHere() {
  const { t } = useTranslation();
  const sessions = useMirror((mirror) => mirror.sessions);
  const guests = [...(sessions?.values() ?? [])].filter(({ kind, joined }) => kind === "guest" && joined);
  if (guests.length === 0) return null;
  return <span className={classes.here}>{t("settings.guestsHere", { count: guests.length })}</span>;
}

/** One that only a restart changes: with its key, and who set it. */
export function FixedRow({ setting }: { readonly setting: SettingView }) {
  const { t } = useTranslation();
  const id = `setting-${setting.key}`;
  const { key, value, secret, set, source } = setting;
  const shown = secret ? t(set ? "settings.hidden" : "settings.unset") : valueWords(t, key, value);
  return (
    <div className={`${panel.row} ${classes.row}`}>
      <div className={classes.what}>
        <label htmlFor={id} className={classes.name}>
          {settingName(t, key)}
        </label>
        <p>{settingHelp(t, setting)}</p>
        <code className={classes.key}>{key}</code>
      </div>
      <div className={classes.value}>
        <output id={id} className="mono">
          {shown}
        </output>
        <Tag tone={source === "default" ? "neutral" : "accent"}>{t(`settings.source.${source}`)}</Tag>
      </div>
    </div>
  );
}
