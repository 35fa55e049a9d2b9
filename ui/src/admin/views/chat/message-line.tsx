/** One line of chat: who, when, what, and what can be done about it. */
import { ActionIcon, Menu } from "@mantine/core";
import {
  ArrowBendUpLeftIcon,
  ArrowCounterClockwiseIcon,
  DotsThreeIcon,
  HandIcon,
  MicrophoneSlashIcon,
  TrashIcon,
} from "@phosphor-icons/react";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMe } from "../../access/admin";
import * as calls from "../../api/calls";
import { sentenceOf } from "../../api/client";
import { Mark } from "../../brand/brand";
import type { ArchivedMessage, PersonRef, Role } from "../../contract";
import { useFormat } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { IconAction } from "../../kit/icon-action";
import { Tag } from "../../kit/tag";
import { complain, useDone } from "../../kit/use-done";
import { ActionItems, obstacle } from "../../people/action-items";
import { PersonPortrait } from "../../people/person-portrait";
import { targetOfMessage } from "../../people/target";
import { openDialog } from "../../state/dialog";
import classes from "./chat.module.css";
import { SYSTEM } from "./stream";

export interface MessageLineProps {
  readonly message: ArchivedMessage;
  readonly onPerson: (person: PersonRef) => void;
  readonly onChanged?: () => void;
  /** What the speaker may do, while they are here. */
  readonly speakerRole?: Role | null;
  /** It stands out, and is brought into view. */
  readonly marked?: boolean;
}

export const MessageLine = memo(function MessageLine(props: MessageLineProps) {
  const { message, onPerson, onChanged, speakerRole: role = null, marked = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { person } = message;
  const gone = message.status === "removed";
  const isWorld = message.playerId === SYSTEM;
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
      <time dateTime={message.timestamp} title={format.full(message.timestamp)}>
        {format.clock(message.timestamp)}
      </time>
      <span className={classes.figure}>
        {isWorld ? <Mark size={26} /> : <PersonPortrait person={person} id={message.playerId} size={26} />}
      </span>
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
              {isWorld ? t("chat.theWorld") : message.author}
            </span>
          )}
          {(role === "host" || role === "moderator") && <Tag tone="accent">{t(`role.${role}`)}</Tag>}
          {gone && <RemovedTag by={message.removedBy} />}
        </p>
        <p className={`${classes.words} freetext`} dir="auto">
          {message.content}
        </p>
      </div>
      <LineActions message={message} {...(onChanged && { onChanged })} />
    </article>
  );
});

/** Who took it down, where that is somebody whose name this page has heard. */
function RemovedTag({ by }: { readonly by: string | null }) {
  const { t } = useTranslation();
  const { feed } = useAdmin();
  const me = useMe();
  const name =
    by === me.id ? me.name : feed.state().mirror?.actions.find(({ actor }) => actor.id === by)?.actor.name;
  return <Tag icon={TrashIcon}>{name === undefined ? t("chat.removed") : t("chat.removedBy", { name })}</Tag>;
}

export function LineActions({ message, onChanged }: Pick<MessageLineProps, "message" | "onChanged">) {
  const { t } = useTranslation();
  const { api, feed } = useAdmin();
  const done = useDone();
  const gone = message.status === "removed";
  const run = async () => {
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
  if (gone) {
    return (
      <ActionButton
        right="chat"
        variant="subtle"
        size="compact-sm"
        className={classes.putBack ?? ""}
        aria-label={t("chat.restoreOf", { name: message.author })}
        leftSection={<ArrowCounterClockwiseIcon size={15} />}
        onClick={() => void run()}
      >
        {t("chat.putBack")}
      </ActionButton>
    );
  }
  const act = (kind: "tell" | "warn" | "mute") => {
    const target = targetOfMessage(message, sessionId());
    const why = obstacle(kind, target);
    if (why) complain(t(`why.${why}`));
    else openDialog({ kind, target });
  };
  return (
    <div className={classes.tools}>
      {message.person && (
        <IconAction
          right="tell"
          label={t("chat.replyTo", { name: message.author })}
          verb={t("chat.reply")}
          onClick={() => act("tell")}
        >
          <ArrowBendUpLeftIcon size={17} />
        </IconAction>
      )}
      <IconAction
        right="chat"
        label={t("chat.removeOf", { name: message.author })}
        verb={t("chat.remove")}
        className={classes.harsh}
        onClick={() => void run()}
      >
        <TrashIcon size={17} />
      </IconAction>
      {message.person && (
        <>
          <IconAction
            right="warn"
            label={t("chat.warnOf", { name: message.author })}
            verb={t("act.warn")}
            onClick={() => act("warn")}
          >
            <HandIcon size={17} />
          </IconAction>
          <IconAction
            right="mute"
            label={t("chat.muteOf", { name: message.author })}
            verb={t("act.mute")}
            onClick={() => act("mute")}
          >
            <MicrophoneSlashIcon size={17} />
          </IconAction>
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
        </>
      )}
    </div>
  );
}
