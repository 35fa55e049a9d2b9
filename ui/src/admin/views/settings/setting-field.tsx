/** The control of a setting: its kind decides which. */
import { SegmentedControl, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { ArrowsClockwiseIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useHindrance } from "../../access/admin";
import type { SettingView } from "../../contract";
import { ActionButton } from "../../kit/action-button";
import { suggestedPin } from "../../kit/suggested-pin";
import { acceptsWords } from "../../text/server-words";
import { choiceName, settingName } from "../../text/setting-words";
import { draftOf, type SettingValue } from "./drafts";
import { NumberField } from "./number-field";
import { MOST_SEGMENTS } from "./segments";
import classes from "./settings.module.css";

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
      return <NumberField {...common} name={setting.key} value={value} onDraft={onDraft} />;
    case "choice": {
      const data = (setting.choices ?? []).map((choice) => ({
        value: choice,
        label: choiceName(t, setting.key, choice),
      }));
      if (data.length <= MOST_SEGMENTS && typeof value === "string" && common.error === false) {
        return (
          <SegmentedControl
            id={id}
            aria-label={settingName(t, setting.key)}
            size="sm"
            disabled={common.disabled}
            value={value}
            data={data}
            onChange={onDraft}
          />
        );
      }
      return (
        <Select
          {...common}
          value={typeof value === "string" ? value : null}
          data={data}
          allowDeselect={false}
          onChange={(next) => onDraft(next)}
          w={220}
        />
      );
    }
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
      if (setting.key === "join_pin") {
        return (
          <span className={classes.pin}>
            <TextInput
              {...common}
              classNames={{ input: "mono" }}
              value={typeof value === "string" ? value : ""}
              placeholder={setting.secret && setting.set ? t("settings.hidden") : ""}
              onChange={(event) => onDraft(event.currentTarget.value)}
              inputMode="numeric"
              autoComplete="off"
            />
            <ActionButton
              right="settings"
              variant="default"
              leftSection={<ArrowsClockwiseIcon size={15} />}
              aria-label={t("settings.newPin")}
              onClick={() => onDraft(suggestedPin())}
            >
              {t("settings.new")}
            </ActionButton>
          </span>
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
