/** The newest lines, as they come. It follows the end while one looks at the end, and waits while one reads. */
import { Button } from "@mantine/core";
import { ArrowDownIcon, ChatCircleDotsIcon } from "@phosphor-icons/react";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import type { PersonRef } from "../../contract";
import { Empty, LoadingRows } from "../../kit/states";
import classes from "./chat.module.css";
import { MessageLine } from "./message-line";

/** CSS pixels from the end that still count as looking at it. */
const NEAR_END = 48;

export function LiveChat({ onPerson }: { readonly onPerson: (person: PersonRef) => void }) {
  const { t } = useTranslation();
  const chat = useMirror((mirror) => mirror.chat);
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [behind, setBehind] = useState(false);
  const newest = chat?.at(-1)?.id;

  useLayoutEffect(() => {
    if (following.current) toEnd(scroller.current);
    else setBehind(true);
  }, [newest]);

  if (chat === null) return <LoadingRows />;
  if (chat.length === 0) return <Empty icon={ChatCircleDotsIcon}>{t("chat.none")}</Empty>;
  return (
    <>
      <div
        ref={scroller}
        className={classes.lines}
        role="log"
        aria-label={t("view.chat")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: at }) => {
          following.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
          if (following.current) setBehind(false);
        }}
      >
        {chat.map((message) => (
          <MessageLine key={message.id} message={message} onPerson={onPerson} />
        ))}
      </div>
      {behind && (
        <Button
          className={classes.newer ?? ""}
          variant="default"
          leftSection={<ArrowDownIcon size={15} />}
          onClick={() => toEnd(scroller.current)}
        >
          {t("chat.newer")}
        </Button>
      )}
    </>
  );
}

function toEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight;
}
