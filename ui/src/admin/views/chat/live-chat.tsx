/** The newest lines, as they come. It follows the end while one looks at the end, and waits while one reads. */
import { Button } from "@mantine/core";
import { ArrowDownIcon, ChatCircleDotsIcon } from "@phosphor-icons/react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useMirror } from "../../access/admin";
import type { AdminSession, ArchivedMessage, PersonRef } from "../../contract";
import { Empty, LoadingRows } from "../../kit/states";
import classes from "./chat.module.css";
import { MessageLine } from "./message-line";
import { type Shown, type StreamItem, streamOf } from "./stream";
import { AnnouncedRow, DayRow, MoveRow } from "./stream-rows";

/** CSS pixels from the end that still count as looking at it. */
const NEAR_END = 48;

export interface LiveChatProps {
  readonly shown: Shown;
  readonly onPerson: (person: PersonRef) => void;
}

export function LiveChat({ shown, onPerson }: LiveChatProps) {
  const { t } = useTranslation();
  const chat = useMirror((mirror) => mirror.chat);
  const activity = useMirror((mirror) => mirror.activity) ?? [];
  const actions = useMirror((mirror) => mirror.actions) ?? [];
  const speakers = useSpeakers();
  const me = useMe().id;
  const items = useMemo(
    () =>
      streamOf({ chat: chat ?? [], activity, actions, shown, isBot: (line) => isBot(line, speakers), me }),
    [chat, activity, actions, shown, speakers, me],
  );
  const { scroller, onScroll, newer, toEnd } = useFollowing(items);

  if (chat === null) return <LoadingRows />;
  if (!items.some(({ kind }) => kind === "line" || kind === "announced")) {
    return (
      <div className={classes.lines}>
        <Empty icon={ChatCircleDotsIcon}>{t(chat.length === 0 ? "chat.none" : "chat.allHidden")}</Empty>
      </div>
    );
  }
  return (
    <>
      <div
        ref={scroller}
        className={classes.lines}
        role="log"
        aria-label={t("view.chat")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        {items.map((item) => (
          <Row key={item.key} item={item} speakers={speakers} onPerson={onPerson} />
        ))}
      </div>
      {newer > 0 && (
        <Button
          className={classes.newer ?? ""}
          variant="default"
          leftSection={<ArrowDownIcon size={15} />}
          onClick={toEnd}
        >
          {t("chat.newer", { count: newer })}
        </Button>
      )}
    </>
  );
}

interface RowProps {
  readonly item: StreamItem;
  readonly speakers: ReadonlyMap<string, AdminSession>;
  readonly onPerson: (person: PersonRef) => void;
}

function Row({ item, speakers, onPerson }: RowProps) {
  switch (item.kind) {
    case "day":
      return <DayRow at={item.at} />;
    case "joined":
    case "left":
      return <MoveRow kind={item.kind} at={item.at} sessions={item.sessions} />;
    case "announced":
      return <AnnouncedRow message={item.message} by={item.by} />;
    case "line": {
      const role = speakers.get(item.message.playerId)?.role ?? null;
      return <MessageLine message={item.message} speakerRole={role} onPerson={onPerson} />;
    }
  }
}

/** Everybody who plays, by what they are called by in the chat. */
function useSpeakers(): ReadonlyMap<string, AdminSession> {
  const sessions = useMirror((mirror) => mirror.sessions);
  return useMemo(() => {
    const all = new Map<string, AdminSession>();
    for (const session of sessions?.values() ?? []) if (session.playerId) all.set(session.playerId, session);
    return all;
  }, [sessions]);
}

/** A bot that left is known by the first word of its name, as bots of a load test have it. */
function isBot({ playerId, author }: ArchivedMessage, speakers: ReadonlyMap<string, AdminSession>): boolean {
  const speaker = speakers.get(playerId);
  return speaker ? speaker.kind === "bot" : /^bot .+ \d+$/.test(author);
}

/** Keeps to the end while one looks at it; else counts what came below. */
function useFollowing(items: readonly StreamItem[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const lastSeen = useRef("");
  const [, drawAgain] = useState(0);
  const newest = items.at(-1)?.key ?? "";
  const toEnd = () => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    if (following.current) {
      lastSeen.current = newest;
      toEnd();
    }
  }, [newest]);
  const seen = items.findLastIndex(({ key }) => key === lastSeen.current);
  return {
    scroller,
    toEnd,
    newer: following.current ? 0 : items.slice(seen + 1).filter(({ kind }) => kind === "line").length,
    onScroll: ({ currentTarget: at }: { readonly currentTarget: HTMLDivElement }) => {
      const was = following.current;
      following.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
      if (following.current) lastSeen.current = newest;
      if (was !== following.current) drawAgain((turn) => turn + 1);
    },
  };
}
