/** At the right of the stream: what is shown of it, who speaks most, slow mode, the word list. */
import { Chip, SegmentedControl, Switch } from "@mantine/core";
import { CheckIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance, useMe, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import type { PersonRef } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { SearchField } from "../../kit/search-field";
import { useAttempt } from "../../kit/use-attempt";
import { WhyNot } from "../../kit/why-not";
import { PersonPortrait } from "../../people/person-portrait";
import { routeText } from "../../route/route";
import classes from "./rail.module.css";
import { SPEAKING_MS, speakersOf } from "./speakers";
import type { Shown } from "./stream";

export interface RailProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly shown: Shown;
  readonly onShown: (shown: Shown) => void;
  /** What the stream leaves out can only be left out live. */
  readonly live: boolean;
  /** Where there is no room beside the stream it is opened over it. */
  readonly open: boolean;
  readonly onPerson: (person: PersonRef) => void;
}

const KINDS = ["people", "joins", "bots", "yours"] as const;

export function Rail({ text, onText, shown, onShown, live, open, onPerson }: RailProps) {
  const { t } = useTranslation();
  return (
    <aside className={classes.rail} aria-label={t("chat.rail")} data-open={open || undefined}>
      <section>
        <SearchField value={text} onChange={onText} label={t("chat.search")} />
        {live && (
          <fieldset className={classes.chips}>
            <legend>{t("chat.shown")}</legend>
            {KINDS.map((kind) => (
              <Chip
                key={kind}
                checked={shown[kind]}
                onChange={(checked) => onShown({ ...shown, [kind]: checked })}
                icon={<CheckIcon size={12} weight="bold" />}
                size="xs"
                radius="sm"
                variant="light"
              >
                {t(`chat.kinds.${kind}`)}
              </Chip>
            ))}
          </fieldset>
        )}
      </section>
      <SpeakMost onPerson={onPerson} />
      <SlowMode />
      <WordList />
    </aside>
  );
}

function SpeakMost({ onPerson }: Pick<RailProps, "onPerson">) {
  const { t } = useTranslation();
  const format = useFormat();
  const chat = useMirror((mirror) => mirror.chat) ?? [];
  const { top, people, percent } = speakersOf(chat, useQuarterMinute());
  const most = top[0]?.lines ?? 1;
  return (
    <section>
      <h2>
        {t("chat.speakMost")}
        <small>{t("chat.lastSpan", { span: format.span(SPEAKING_MS) })}</small>
      </h2>
      {top.length === 0 && <p>{t("chat.quiet")}</p>}
      <ol className={classes.speakers}>
        {top.map(({ playerId, name, person, lines }) => (
          <li key={playerId}>
            <PersonPortrait person={person} id={playerId} size={24} />
            <button type="button" className="name" dir="auto" onClick={() => person && onPerson(person)}>
              {name}
            </button>
            <span className={classes.bar} aria-hidden="true">
              <i style={{ width: `${(100 * lines) / most}%` }} />
            </span>
            <b className="tnum">{format.count(lines)}</b>
          </li>
        ))}
      </ol>
      {people > top.length && (
        <p>
          {t("chat.theySaid", {
            count: top.length,
            of: format.count(people),
            percent: format.percent(percent),
          })}
        </p>
      )}
    </section>
  );
}

/** Seconds between two lines that a host can choose here; any other is in the settings. */
const STEPS = [5, 10, 30, 60] as const;
const FIRST = 10;

function SlowMode() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const hindrance = useHindrance("settings");
  const seconds = useMirror((mirror) => mirror.server.slowModeSeconds) ?? 0;
  const { busy, attempt } = useAttempt();
  const choose = (next: number) => attempt(() => calls.changeSettings(api, { slow_mode_seconds: next }));
  const steps = STEPS.some((step) => step === seconds) ? STEPS : [...STEPS, seconds].sort((a, b) => a - b);
  const isOn = seconds > 0;
  return (
    <section>
      <h2>
        <label htmlFor="slow-mode">{t("settings.known.slow_mode_seconds.title")}</label>
        <WhyNot hindrance={hindrance}>
          <Switch
            id="slow-mode"
            checked={isOn}
            disabled={busy || hindrance !== null}
            onChange={() => void choose(isOn ? 0 : FIRST)}
          />
        </WhyNot>
      </h2>
      <p>{isOn ? t("chat.slowOn", { span: format.span(seconds * 1000) }) : t("chat.slowOff")}</p>
      {isOn && (
        <SegmentedControl
          aria-label={t("settings.known.slow_mode_seconds.title")}
          fullWidth
          disabled={busy || hindrance !== null}
          value={String(seconds)}
          onChange={(value) => void choose(Number(value))}
          data={steps.map((step) => ({ value: String(step), label: format.span(step * 1000) }))}
        />
      )}
    </section>
  );
}

function WordList() {
  const { t } = useTranslation();
  const words = useMirror((mirror) => mirror.server.unwantedWords) ?? 0;
  const holds = useMirror((mirror) => mirror.server.holdsLines) ?? false;
  const mayEdit = useMe().rights.includes("settings");
  return (
    <section>
      <h2>
        {t("settings.known.word_list.title")}
        <small>{t("chat.words", { count: words })}</small>
      </h2>
      <p>{t(words === 0 ? "chat.noWords" : holds ? "chat.wordsHold" : "chat.wordsStop")}</p>
      {mayEdit && (
        <a href={routeText({ view: "settings", query: { find: "word_list" } })}>{t("chat.editWords")}</a>
      )}
    </section>
  );
}
