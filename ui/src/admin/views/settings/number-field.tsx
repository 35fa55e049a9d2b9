/** A number: among those that most hosts choose where there are such, else typed. */
import { NumberInput, SegmentedControl } from "@mantine/core";
import { PencilSimpleIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { settingName, unitWords, valueWords } from "../../text/setting-words";
import type { SettingValue } from "./drafts";
import { segmentsOf } from "./segments";

export interface NumberFieldProps {
  readonly id: string;
  readonly name: string;
  readonly value: SettingValue;
  readonly disabled: boolean;
  readonly error: string | false;
  readonly onDraft: (value: SettingValue) => void;
}

const OTHER = "other";

export function NumberField({ id, name, value, disabled, error, onDraft }: NumberFieldProps) {
  const { t } = useTranslation();
  const [typing, setTyping] = useState(false);
  const offered = segmentsOf(name, value);
  if (offered !== null && !typing && error === false) {
    return (
      <SegmentedControl
        id={id}
        aria-label={settingName(t, name)}
        size="sm"
        disabled={disabled}
        value={String(value)}
        onChange={(chosen) => (chosen === OTHER ? setTyping(true) : onDraft(Number(chosen)))}
        data={[
          ...offered.map((each) => ({ value: String(each), label: segmentWords(each) })),
          {
            value: OTHER,
            label: (
              <>
                <PencilSimpleIcon size={15} aria-hidden="true" />
                <span className="visually-hidden">{t("settings.otherNumber")}</span>
              </>
            ),
          },
        ]}
      />
    );
  }
  return (
    <NumberInput
      id={id}
      disabled={disabled}
      error={error}
      autoFocus={typing}
      value={typeof value === "number" ? value : ""}
      onChange={(next) => onDraft(next === "" ? null : Number(next))}
      w={140}
      suffix={unitWords(t, name, typeof value === "number" ? value : 0)}
    />
  );

  function segmentWords(each: number): string {
    return each === 0 && name === "slow_mode_seconds" ? t("settings.off") : valueWords(t, name, each);
  }
}
