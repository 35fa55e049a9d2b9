/** One line of chat: who, when, what, and what can be done about it. */
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { ArrowCounterClockwiseIcon, DotsThreeIcon, TrashIcon } from "@phosphor-icons/react";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance } from "../../access/admin";
import * as calls from "../../api/calls";
import { sentenceOf } from "../../api/client";
import type { ArchivedMessage, PersonRef } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { Tag } from "../../kit/tag";
import { complain, useDone } from "../../kit/use-done";
import { ActionItems } from "../../people/action-items";
import { PersonPortrait } from "../../people/person-portrait";
import { targetOfMessage } from "../../people/target";
import classes from "./chat.module.css";

export interface MessageLineProps {
  readonly message: ArchivedMessage;
  readonly onPerson: (person: PersonRef) => void;
  readonly onChanged?: () => void;
  /** It stands out, and is brought into view. */
  readonly marked?: boolean;
  /** Lines of many days: the date stands there as well. */
  readonly dated?: boolean;
}

export const MessageLine = memo(function MessageLine(props: MessageLineProps) {
  const { message, onPerson, onChanged, marked = false, dated = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const { person } = message;
  const gone = message.status === "removed";
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    if (marked) line.current?.scrollIntoView({ block: "center" });
  }, [marked]);
  return (
    <article
      ref={line}
      className={classes.line}
      data-removed={gone || undefined}
      data-marked={marked || undefined}
    >
      <PersonPortrait person={person} id={message.playerId} size={30} />
      <div className={classes.body}>
        <p className={classes.head}>
          {person ? (
            <button
              type="button"
              className={`${classes.author} name`}
              dir="auto"
              onClick={() => onPerson(person)}
            >
              {message.author}
            </button>
          ) : (
            <span className={`${classes.author} name`} dir="auto">
              {message.author}
            </span>
          )}
          <time dateTime={message.timestamp} title={format.full(message.timestamp)}>
            {dated ? format.moment(message.timestamp, now) : format.clock(message.timestamp)}
          </time>
          {gone && <Tag tone="danger">{t("chat.removed")}</Tag>}
        </p>
        <p className={`${classes.words} freetext`} dir="auto">
          {message.content}
        </p>
      </div>
      <LineActions message={message} {...(onChanged && { onChanged })} />
    </article>
  );
});

function LineActions({ message, onChanged }: Pick<MessageLineProps, "message" | "onChanged">) {
  const { t } = useTranslation();
  const { api, feed } = useAdmin();
  const done = useDone();
  const hindrance = useHindrance("chat");
  const gone = message.status === "removed";
  const label = hindrance ? t(`why.${hindrance}`) : t(gone ? "chat.restore" : "chat.remove");
  const run = async () => {
    if (hindrance) return;
    try {
      const answer = await (gone
        ? calls.restoreMessage(api, message.id)
        : calls.removeMessage(api, message.id));
      done(t(gone ? "chat.restoredDone" : "chat.removedDone", { name: message.author }), answer?.action);
      onChanged?.();
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  const sessionId = () => {
    for (const session of feed.state().mirror?.sessions.values() ?? [])
      if (session.playerId === message.playerId) return session.id;
    return null;
  };
  return (
    <div className={classes.tools}>
      <Tooltip label={label}>
        <ActionIcon
          aria-label={t(gone ? "chat.restoreOf" : "chat.removeOf", { name: message.author })}
          aria-disabled={hindrance !== null}
          {...(hindrance && { "data-disabled": true })}
          onClick={() => void run()}
        >
          {gone ? <ArrowCounterClockwiseIcon size={17} /> : <TrashIcon size={17} />}
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon aria-label={t("players.menuOf", { name: message.author })}>
            <DotsThreeIcon size={18} weight="bold" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ActionItems target={targetOfMessage(message, sessionId())} />
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
