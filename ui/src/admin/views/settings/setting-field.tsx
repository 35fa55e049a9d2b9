/** The control of a setting: its kind decides which. */
import { NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useHindrance } from "../../access/admin";
import type { SettingView } from "../../contract";
import { acceptsWords } from "../../text/server-words";
import { choiceName, unitWords } from "../../text/setting-words";
import { draftOf, type SettingValue } from "./drafts";

/** Lists, which are longer than a line. */
const LONG: readonly string[] = ["word_list", "moderation_reasons"];

export interface SettingFieldProps {
  readonly id: string;
  readonly setting: SettingView;
  readonly draft: SettingValue | undefined;
  readonly problem: string | undefined;
  readonly onDraft: (value: SettingValue) => void;
}

export function SettingField({ id, setting, draft, problem, onDraft }: SettingFieldProps) {
  const { t } = useTranslation();
  const locked = useHindrance("settings");
  const value = draftOf(setting, draft);
  const common = {
    id,
    disabled: locked !== null,
    // Only once it is wrong is it said what it may be.
    error: problem !== undefined && t("settings.accepts", { what: acceptsWords(t, setting.accepts) }),
  };
  switch (setting.kind) {
    case "boolean":
      return (
        <Switch
          id={id}
          disabled={common.disabled}
          error={common.error}
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
          w={140}
          suffix={unitWords(t, setting.key, typeof value === "number" ? value : 0)}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          value={typeof value === "string" ? value : null}
          data={(setting.choices ?? []).map((choice) => ({
            value: choice,
            label: choiceName(t, setting.key, choice),
          }))}
          allowDeselect={false}
          onChange={(next) => onDraft(next)}
          w={220}
        />
      );
    case "text":
      if (LONG.includes(setting.key)) {
        return (
          <Textarea
            {...common}
            value={typeof value === "string" ? value : ""}
            onChange={(event) => onDraft(event.currentTarget.value)}
            autosize
            minRows={2}
            maxRows={8}
            dir="auto"
          />
        );
      }
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
