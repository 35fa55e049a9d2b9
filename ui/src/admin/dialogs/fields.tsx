/** Fields several dialogs share: a reason with quick answers, and how long. */
import { Chip, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Minutes } from "../api/calls";
import type { ReasonTemplate } from "../contract";
import { lengthWords } from "../format/length";
import { type Duration, minutesOf, UNITS } from "./duration";
import classes from "./fields.module.css";
import { useReasons } from "./use-reasons";

/** Most characters of a reason or message, from the contract. */
export const LONGEST_REASON = 500;

export interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label?: string;
  /** The host gave the chosen reason a length. */
  readonly onLength?: (minutes: number) => void;
}

export function ReasonField({ value, onChange, label, onLength }: ReasonFieldProps) {
  const { t } = useTranslation();
  const reasons = useReasons();
  const field = useRef<HTMLInputElement>(null);
  /** Back in the field, Enter does what the button says; on the suggestion it would choose it again. */
  const suggest = ({ text, minutes }: ReasonTemplate) => {
    onChange(text);
    if (minutes !== null) onLength?.(minutes);
    field.current?.focus();
  };
  return (
    <div>
      <TextInput
        ref={field}
        label={label ?? t("reason.label")}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        maxLength={LONGEST_REASON}
        size="md"
        data-autofocus
        autoComplete="off"
        dir="auto"
      />
      <fieldset className={classes.quick}>
        <legend className="visually-hidden">{t("reason.quick")}</legend>
        {reasons.map((reason) => (
          <button
            key={reason.text}
            type="button"
            className={classes.suggestion}
            dir="auto"
            onClick={() => suggest(reason)}
          >
            {reason.text}
            {onLength && reason.minutes !== null && <small>{lengthWords(t, reason.minutes)}</small>}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

export interface DurationFieldProps {
  readonly value: Duration;
  readonly onChange: (value: Duration) => void;
  /** Minutes; `null` is for good. */
  readonly presets: readonly Minutes[];
}

export function DurationField({ value, onChange, presets }: DurationFieldProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.duration}>
      <legend className={classes.legend}>{t("duration.label")}</legend>
      <Chip.Group
        value={value.kind === "preset" ? String(value.minutes) : "custom"}
        onChange={(chosen) => {
          if (chosen === "custom") onChange({ kind: "custom", amount: 3, unit: "days" });
          else onChange({ kind: "preset", minutes: chosen === "null" ? null : Number(chosen) });
        }}
      >
        <div className={classes.chips}>
          {presets.map((minutes) => (
            <Chip key={String(minutes)} value={String(minutes)} size="xs" radius="md" variant="light">
              {lengthWords(t, minutes)}
            </Chip>
          ))}
          <Chip value="custom" size="xs" radius="md" variant="light">
            {t("duration.custom")}
          </Chip>
        </div>
      </Chip.Group>
      {value.kind === "custom" && (
        <div className={classes.custom}>
          <NumberInput
            aria-label={t("duration.amount")}
            value={value.amount}
            min={1}
            max={9999}
            allowDecimal={false}
            onChange={(amount) => onChange({ ...value, amount: Number(amount) || 0 })}
            error={minutesOf(value) === undefined}
            w={96}
          />
          <Select
            aria-label={t("duration.unit")}
            value={value.unit}
            allowDeselect={false}
            data={UNITS.map((unit) => ({ value: unit, label: t(`duration.${unit}`) }))}
            onChange={(unit) => {
              const chosen = UNITS.find((each) => each === unit);
              if (chosen) onChange({ ...value, unit: chosen });
            }}
            w={140}
          />
        </div>
      )}
    </fieldset>
  );
}

export interface WordsFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What people are to read: several lines, sent by Enter with Ctrl or Command. */
export function WordsField({ label, value, onChange }: WordsFieldProps) {
  return (
    <Textarea
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.currentTarget.form?.requestSubmit();
        }
      }}
      maxLength={LONGEST_REASON}
      autosize
      minRows={3}
      maxRows={8}
      data-autofocus
      dir="auto"
    />
  );
}
