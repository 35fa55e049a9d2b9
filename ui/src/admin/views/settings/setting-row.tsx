/** One setting: what it is at the left, its control at the right; one that was changed says what it was. */
import { Button } from "@mantine/core";
import { PencilSimpleIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import type { SettingView } from "../../contract";
import panel from "../../kit/panel.module.css";
import { Tag } from "../../kit/tag";
import { knownKey } from "../../text/known-settings";
import { settingName, valueWords } from "../../text/setting-words";
import type { SettingValue } from "./drafts";
import { SettingField } from "./setting-field";
import classes from "./settings.module.css";

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
  const id = `setting-${setting.key}`;
  const known = knownKey(setting.key);
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
        <p>{known ? t(`settings.known.${known}.help`) : setting.help}</p>
        {problem !== undefined && <code className={classes.key}>{setting.key}</code>}
      </div>
      <div className={classes.value}>
        <SettingField id={id} setting={setting} draft={draft} problem={problem} onDraft={onDraft} />
        {setting.source === "database" && draft !== null && (
          <Button variant="subtle" size="compact-xs" onClick={() => onDraft(null)}>
            {t("settings.reset")}
          </Button>
        )}
      </div>
    </div>
  );
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
        <p>{setting.help}</p>
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
