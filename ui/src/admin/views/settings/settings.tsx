/** The settings of the server, under the questions a host has; what only a restart changes is folded away. */
import { TextInput } from "@mantine/core";
import {
  ClockCounterClockwiseIcon,
  DoorOpenIcon,
  EyeIcon,
  GearSixIcon,
  HandIcon,
  type Icon,
  MagnifyingGlassIcon,
  ShieldCheckIcon,
  WrenchIcon,
} from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import { ApiProblem, sentenceOf } from "../../api/client";
import type { SettingView } from "../../contract";
import { LeavingAsks } from "../../dialogs/leaving-asks";
import { useFormat } from "../../format/use-format";
import { Page } from "../../kit/page";
import panel from "../../kit/panel.module.css";
import { Empty, Failed, LoadingRows, NoMatch } from "../../kit/states";
import { complain, notify } from "../../kit/use-done";
import { useResource } from "../../kit/use-resource";
import { Stale } from "../../kit/when-read";
import { useRoute } from "../../route/use-route";
import { settingHelp, settingName } from "../../text/setting-words";
import { type SettingDrafts, valuesOf } from "./drafts";
import { Operators } from "./operators";
import { askedOf, type QuestionName } from "./questions";
import { SaveBar } from "./save-bar";
import { SettingRow } from "./setting-row";
import classes from "./settings.module.css";

const ICONS: Readonly<Record<QuestionName, Icon>> = {
  door: DoorOpenIcon,
  first: EyeIcon,
  keep: ClockCounterClockwiseIcon,
  chat: ShieldCheckIcon,
  moderators: HandIcon,
  more: GearSixIcon,
};

export default function Settings() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { resource, reload, put } = useResource("settings", (signal) => calls.settings(api, signal));
  const [drafts, setDrafts] = useState<SettingDrafts>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const { query } = useRoute();
  const [text, setText] = useState(query.find ?? "");
  const matches = useMatch();
  const settings = resource.kind === "ready" ? resource.value.settings : [];
  const values = valuesOf(settings, drafts);
  const changed = Object.keys(values).length;
  const { questions, operators } = askedOf(settings);
  const shown = questions
    .map(({ name, settings: group }) => ({ name, settings: group.filter((each) => matches(each, text)) }))
    .filter((question) => question.settings.length > 0);

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
  const forget = (key: string) => {
    const { [key]: _, ...rest } = drafts;
    setDrafts(rest);
  };

  return (
    <Page title={t("view.settings")}>
      {resource.kind === "loading" && <LoadingRows />}
      {resource.kind === "failed" && (
        <Failed what={t("settings.failed")} message={resource.message} onRetry={reload} />
      )}
      <Stale of={resource} onRetry={reload} />
      {resource.kind === "ready" && settings.length === 0 && (
        <Empty icon={GearSixIcon}>{t("settings.none")}</Empty>
      )}
      <LeavingAsks unsaved={changed} />
      {settings.length > 0 && (
        <div className={classes.layout}>
          <Index
            text={text}
            onText={setText}
            questions={shown.map(({ name }) => name)}
            operators={operators.length}
          />
          <div className={classes.stack}>
            {shown.map(({ name, settings: group }) => (
              <section key={name} className={panel.panel} id={`question-${name}`}>
                <header className={`${panel.head} ${classes.head}`}>
                  <h2>{t(`settings.question.${name}`)}</h2>
                  {name === "door" && <span className={classes.note}>{t("settings.doorNote")}</span>}
                </header>
                {group.map((setting) => (
                  <SettingRow
                    key={setting.key}
                    setting={setting}
                    draft={drafts[setting.key]}
                    changed={Object.hasOwn(values, setting.key)}
                    problem={problems[setting.key]}
                    onDraft={(value) => setDrafts({ ...drafts, [setting.key]: value })}
                    onForget={() => forget(setting.key)}
                  />
                ))}
              </section>
            ))}
            {shown.length === 0 && <NoMatch onClear={() => setText("")} />}
            {operators.length > 0 && <Operators settings={operators} matches={matches} />}
            {changed > 0 && (
              <SaveBar
                values={values}
                busy={busy}
                onDiscard={() => {
                  setDrafts({});
                  setProblems({});
                }}
                onSave={() => void save()}
              />
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

/** Whether a setting has these words in its name, its sentence or its key. */
function useMatch(): (setting: SettingView, text: string) => boolean {
  const { t } = useTranslation();
  return (setting, text) => {
    const all = `${settingName(t, setting.key)} ${settingHelp(t, setting)} ${setting.key}`.toLowerCase();
    return all.includes(text.trim().toLowerCase());
  };
}

interface IndexProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly questions: readonly QuestionName[];
  readonly operators: number;
}

/** The questions, each a way to its panel. */
function Index({ text, onText, questions, operators }: IndexProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = (name: string) =>
    document.getElementById(`question-${name}`)?.scrollIntoView({ block: "start" });
  return (
    <nav className={classes.index} aria-label={t("settings.questions")}>
      <TextInput
        type="search"
        aria-label={t("settings.find")}
        placeholder={t("settings.find")}
        leftSection={<MagnifyingGlassIcon size={16} aria-hidden="true" />}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <ul>
        {questions.map((name) => {
          const Picture = ICONS[name];
          return (
            <li key={name}>
              <button type="button" onClick={() => go(name)}>
                <Picture size={16} aria-hidden="true" />
                {t(`settings.question.${name}`)}
              </button>
            </li>
          );
        })}
        <li className={classes.apart}>
          <button type="button" onClick={() => go("operators")}>
            <WrenchIcon size={16} aria-hidden="true" />
            {t("settings.operators")}
            <span>{format.count(operators)}</span>
          </button>
        </li>
      </ul>
    </nav>
  );
}
