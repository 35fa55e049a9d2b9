/** The knobs of a run. */
import { NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { CaretDownIcon, CaretRightIcon, PlayIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { LoadTestRun, LoadTestTerms } from "../../contract";
import { useFormat } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { useSubmit } from "../../kit/use-submit";
import { botLanguage } from "./language";
import classes from "./loadtest.module.css";
import {
  arrivalOf,
  bodyOf,
  boundsOf,
  type Draft,
  endsInOutage,
  FIRST_DRAFT,
  faultsOf,
  fieldsOf,
  IN_SECONDS,
  type NumberField,
  PRESETS,
  type Preset,
  presetOf,
  SHAPES,
  SPREADS,
  WALKS,
} from "./plan";
import { isAboutTarget } from "./refusals";

const UNITS: Readonly<Record<NumberField, "seconds" | "ms" | "percent" | "kbps" | null>> = {
  clients: null,
  duration: "seconds",
  update: "ms",
  spawn: "ms",
  chat: "seconds",
  slowPercent: "percent",
  slowKbps: "kbps",
  outage: "seconds",
};
/** Numbers that everybody looks at; the others are folded away. */
const PLAIN: readonly NumberField[] = ["clients", "duration", "update", "spawn"];
const PRESET_NAMES = Object.keys(PRESETS) as readonly Preset[];

export interface PlanFormProps {
  readonly terms: LoadTestTerms;
  readonly running: boolean;
  readonly onStarted: (run: LoadTestRun) => void;
}

export function PlanForm({ terms, running, onStarted }: PlanFormProps) {
  const { t, i18n } = useTranslation();
  const language = botLanguage(i18n.language);
  const format = useFormat();
  const { api } = useAdmin();
  const [draft, setDraft] = useState<Draft>(FIRST_DRAFT);
  const faults = faultsOf(draft, terms);
  const [refusedTarget, setRefusedTarget] = useState<string | null>(null);
  const { busy, problem, submit, forget } = useSubmit(async () => {
    try {
      onStarted((await calls.startLoadTest(api, bodyOf(draft, language))).run);
    } catch (error) {
      if (isAboutTarget(error)) setRefusedTarget(draft.target);
      throw error;
    }
  });
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    forget();
  };
  // What is wrong with a field is said at the field.
  const targetProblem = problem !== null && refusedTarget === draft.target;
  const late = faults.size === 0 && arrivalOf(draft) >= Number(draft.duration);
  const apart = fieldsOf(draft.shape).filter((field) => !PLAIN.includes(field));
  const [opened, setMore] = useState(false);
  const more = opened || apart.some((field) => faults.has(field));
  const Caret = more ? CaretDownIcon : CaretRightIcon;
  const whyNot = running ? t("loadtest.underWay") : faults.size > 0 ? t("loadtest.fixFirst") : null;
  const number = (field: NumberField) => {
    const unit = UNITS[field];
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
        allowDecimal={IN_SECONDS.has(field)}
        hideControls
        rightSection={unit && <span className={classes.unit}>{t(`loadtest.${unit}`)}</span>}
        error={
          faults.has(field) &&
          t(field === "outage" && endsInOutage(draft) ? "loadtest.endsInOutage" : "loadtest.between", {
            least: format.count(bounds.least),
            most: format.count(bounds.most),
          })
        }
      />
    );
  };
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
      <div className={classes.numbers}>{PLAIN.map(number)}</div>
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
      <div>
        <button type="button" className={classes.fold} aria-expanded={more} onClick={() => setMore(!more)}>
          <Caret size={14} aria-hidden="true" />
          {t("loadtest.more")}
        </button>
        {more && (
          <div className={classes.more}>
            <Select
              label={t("loadtest.shape")}
              description={t(`loadtest.shapeHelp.${draft.shape}`)}
              allowDeselect={false}
              value={draft.shape}
              onChange={(value) => {
                const shape = SHAPES.find((it) => it === value);
                if (shape) change({ shape });
              }}
              data={SHAPES.map((value) => ({ value, label: t(`loadtest.shapes.${value}`) }))}
            />
            <div className={classes.numbers}>{apart.map(number)}</div>
            <div>
              <span className={classes.label} id="load-test-spread">
                {t("loadtest.spread")}
              </span>
              <SegmentedControl
                fullWidth
                aria-labelledby="load-test-spread"
                value={draft.spread}
                onChange={(value) => {
                  const spread = SPREADS.find((it) => it === value);
                  if (spread) change({ spread });
                }}
                data={SPREADS.map((value) => ({ value, label: t(`loadtest.spreads.${value}`) }))}
              />
            </div>
            <div>
              <span className={classes.label} id="load-test-walk">
                {t("loadtest.walk")}
              </span>
              <SegmentedControl
                fullWidth
                aria-labelledby="load-test-walk"
                value={draft.walk}
                onChange={(value) => {
                  const walk = WALKS.find((it) => it === value);
                  if (walk) change({ walk });
                }}
                data={WALKS.map((value) => ({ value, label: t(`loadtest.walks.${value}`) }))}
              />
              <p className={classes.hint}>{t(`loadtest.walkHelp.${draft.walk}`)}</p>
            </div>
          </div>
        )}
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
      <div className={classes.start}>
        <ActionButton
          right="load-test"
          type="submit"
          fullWidth
          why={whyNot}
          loading={busy}
          leftSection={<PlayIcon size={15} weight="fill" />}
        >
          {t("loadtest.start")}
        </ActionButton>
      </div>
    </form>
  );
}
