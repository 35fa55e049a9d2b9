/** How long an announcement stands above the chat, also for those who come in later. */
import { Chip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { lengthWords } from "../format/length";
import classes from "./fields.module.css";

const PRESETS = [15, 60, 180, 1440] as const;

export interface PinFieldProps {
  /** Minutes; `null` for one that is only said. */
  readonly value: number | null;
  readonly onChange: (minutes: number | null) => void;
}

export function PinField({ value, onChange }: PinFieldProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.duration}>
      <legend className={classes.legend}>{t("announce.pin")}</legend>
      <Chip.Group
        value={String(value)}
        onChange={(chosen) => onChange(chosen === "null" ? null : Number(chosen))}
      >
        <div className={classes.chips}>
          {[null, ...PRESETS].map((minutes) => (
            <Chip key={String(minutes)} value={String(minutes)} size="xs" radius="md" variant="light">
              {minutes === null ? t("announce.notPinned") : lengthWords(t, minutes)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
    </fieldset>
  );
}
