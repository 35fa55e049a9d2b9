/** Lines with a word of the list in them: nobody reads them before somebody here has. Nothing where none waits. */
import { CheckIcon, HourglassMediumIcon, TrashIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { allowLine, refuseLine } from "../../api/calls";
import type { HeldLine, PersonRef } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { RowAction } from "../../kit/row-action";
import { Empty } from "../../kit/states";
import { Tag } from "../../kit/tag";
import { PersonPortrait } from "../../people/person-portrait";
import classes from "./held-lines.module.css";
import { markedParts } from "./marked-parts";

const NONE: readonly HeldLine[] = [];

export interface HeldLinesProps {
  readonly onPerson: (person: PersonRef) => void;
  /** They have the room of the stream for themselves. */
  readonly alone: boolean;
}

export function HeldLines({ onPerson, alone }: HeldLinesProps) {
  const { t } = useTranslation();
  const held = useMirror((mirror) => mirror.held) ?? NONE;
  if (held.length === 0) {
    if (!alone) return null;
    return (
      <div className={classes.alone}>
        <Empty icon={HourglassMediumIcon}>{t("held.none")}</Empty>
      </div>
    );
  }
  return (
    <section
      className={alone ? `${classes.held} ${classes.alone}` : classes.held}
      aria-labelledby="held-lines"
    >
      <h2 id="held-lines">
        <Tag tone="warn" icon={HourglassMediumIcon}>
          {t("held.waiting", { count: held.length })}
        </Tag>
        <span>{t("held.why")}</span>
      </h2>
      <ul>
        {held.map((line) => (
          <Held key={line.id} line={line} onPerson={onPerson} />
        ))}
      </ul>
    </section>
  );
}

interface HeldProps {
  readonly line: HeldLine;
  readonly onPerson: (person: PersonRef) => void;
}

function Held({ line, onPerson }: HeldProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  return (
    <li className={classes.line}>
      <PersonPortrait person={line.person} id={line.playerId} size={26} />
      <div className={classes.body}>
        <p className={classes.head}>
          <button
            type="button"
            className={`${classes.author} name`}
            dir="auto"
            onClick={() => onPerson(line.person)}
          >
            {line.author}
          </button>
          <time dateTime={line.at}>{format.ago(line.at, now)}</time>
          <span>{t("held.until", { at: format.clock(line.until) })}</span>
        </p>
        <p className="freetext" dir="auto">
          {markedParts(line.content, line.word).map(({ text, marked, at }) =>
            marked ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
          )}
        </p>
        <p className={classes.word}>{t("held.word", { word: line.word })}</p>
      </div>
      <div className={classes.verdict}>
        <RowAction
          right="chat"
          verb={t("held.allow")}
          icon={<CheckIcon size={15} />}
          done={t("held.allowed", { name: line.author })}
          onDone={() => {}}
          run={() => allowLine(api, line.id)}
        />
        <RowAction
          right="chat"
          verb={t("held.refuse")}
          icon={<TrashIcon size={15} />}
          done={t("held.refused", { name: line.author })}
          onDone={() => {}}
          run={() => refuseLine(api, line.id)}
        />
      </div>
    </li>
  );
}
