/** The knobs of a run. */
import { NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { PlayIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { LoadTestRun, LoadTestTerms } from "../../contract";
import { useFormat } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { useSubmit } from "../../kit/use-submit";
import classes from "./loadtest.module.css";
import {
  arrivalOf,
  bodyOf,
  boundsOf,
  type Draft,
  FIRST_DRAFT,
  faultsOf,
  type NumberField,
  PRESETS,
  type Preset,
  presetOf,
} from "./plan";
import { inWords, isAboutTarget } from "./refusals";

const FIELDS: readonly { readonly field: NumberField; readonly unit: "seconds" | "ms" | null }[] = [
  { field: "clients", unit: null },
  { field: "duration", unit: "seconds" },
  { field: "update", unit: "ms" },
  { field: "spawn", unit: "ms" },
  { field: "chat", unit: "seconds" },
];
const PRESET_NAMES = Object.keys(PRESETS) as readonly Preset[];

export interface PlanFormProps {
  readonly terms: LoadTestTerms;
  readonly running: boolean;
  readonly onStarted: (run: LoadTestRun) => void;
}

export function PlanForm({ terms, running, onStarted }: PlanFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { api } = useAdmin();
  const [draft, setDraft] = useState<Draft>(FIRST_DRAFT);
  const faults = faultsOf(draft, terms);
  const [refusedTarget, setRefusedTarget] = useState<string | null>(null);
  const { busy, problem, submit, forget } = useSubmit(async () => {
    try {
      onStarted((await calls.startLoadTest(api, bodyOf(draft))).run);
    } catch (error) {
      if (isAboutTarget(error)) setRefusedTarget(draft.target);
      throw inWords(t, error);
    }
  });
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    forget();
  };
  // What is wrong with a field is said at the field.
  const targetProblem = problem !== null && refusedTarget === draft.target;
  const late = faults.size === 0 && arrivalOf(draft) >= Number(draft.duration);
  const whyNot = running ? t("loadtest.underWay") : faults.size > 0 ? t("loadtest.fixFirst") : null;
  return (
    <form
      className={classes.form}
      aria-label={t("loadtest.order")}
      noValidate
      onSubmit={(event) => {
        if (whyNot === null) void submit(event);
        else event.preventDefault();
      }}
    >
      <div>
        <span className={classes.label} id="load-test-preset">
          {t("loadtest.preset")}
        </span>
        <SegmentedControl
          fullWidth
          aria-labelledby="load-test-preset"
          value={presetOf(draft) ?? ""}
          onChange={(value) => {
            const preset = PRESET_NAMES.find((name) => name === value);
            if (preset)
              change({ ...PRESETS[preset], clients: Math.min(PRESETS[preset].clients, terms.maxClients) });
          }}
          data={PRESET_NAMES.map((name) => ({ value: name, label: t(`loadtest.presets.${name}`) }))}
        />
      </div>
      <TextInput
        label={t("loadtest.target")}
        description={t("loadtest.targetHelp")}
        placeholder={terms.ownUrl}
        value={draft.target}
        onChange={(event) => change({ target: event.currentTarget.value })}
        error={
          faults.has("target")
            ? t("loadtest.badTarget")
            : targetProblem && <span role="alert">{problem}</span>
        }
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: "mono" }}
      />
      <div className={classes.numbers}>
        {FIELDS.map(({ field, unit }) => {
          const bounds = boundsOf(field, terms);
          return (
            <NumberInput
              key={field}
              label={t(`loadtest.${field}`)}
              description={field === "chat" ? t("loadtest.chatHelp") : undefined}
              value={draft[field]}
              onChange={(value) => change({ [field]: typeof value === "number" ? value : "" })}
              min={bounds.least}
              max={bounds.most}
              clampBehavior="none"
              allowNegative={false}
              allowDecimal={field === "duration" || field === "chat"}
              hideControls
              rightSection={unit && <span className={classes.unit}>{t(`loadtest.${unit}`)}</span>}
              error={
                faults.has(field) &&
                t("loadtest.between", { least: format.count(bounds.least), most: format.count(bounds.most) })
              }
            />
          );
        })}
      </div>
      <div>
        <span className={classes.label} id="load-test-mode">
          {t("loadtest.mode")}
        </span>
        <SegmentedControl
          fullWidth
          aria-labelledby="load-test-mode"
          value={draft.mode}
          onChange={(mode) => change({ mode: mode === "batch" ? "batch" : "plain" })}
          data={(["plain", "batch"] as const).map((mode) => ({
            value: mode,
            label: t(`loadtest.modes.${mode}`),
          }))}
        />
      </div>
      {late && (
        <p className={classes.late}>
          {t("loadtest.tooSlow", { span: format.span(arrivalOf(draft) * 1000) })}
        </p>
      )}
      <p className={classes.hint}>
        {terms.maxAckMs === null
          ? t("loadtest.noGuard")
          : t("loadtest.guard", { ms: format.count(terms.maxAckMs) })}
      </p>
      {problem !== null && !targetProblem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <ActionButton
        right="load-test"
        type="submit"
        why={whyNot}
        loading={busy}
        leftSection={<PlayIcon size={15} weight="fill" />}
      >
        {t("loadtest.start")}
      </ActionButton>
    </form>
  );
}
