/** What the server writes down about itself: live, by level, searched, paused, saved. */
import { Button, Select } from "@mantine/core";
import { DownloadSimpleIcon, PauseIcon, PlayIcon, TerminalWindowIcon } from "@phosphor-icons/react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import { exportLogs } from "../../api/files";
import type { LogLevel, LogLine } from "../../contract";
import { useFormat } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { Page } from "../../kit/page";
import { SearchField } from "../../kit/search-field";
import { Empty, Failed, LoadingRows, NoMatch } from "../../kit/states";
import tools from "../../kit/tools.module.css";
import { useExport } from "../../kit/use-export";
import { Stale } from "../../kit/when-read";
import { oneOf, useKept } from "../../state/kept";
import { fieldsText, LEVELS, matching } from "./log-lines";
import classes from "./logs.module.css";
import { useLog } from "./use-log";

const LINE_HEIGHT = 22;
/** CSS pixels from the end that still count as looking at it. */
const NEAR_END = 40;

export default function Logs() {
  const { t } = useTranslation();
  const [level, setLevel] = useKept<LogLevel>("logs.level", "info", oneOf(LEVELS));
  const [text, setText] = useState("");
  const [paused, setPaused] = useState(false);
  const { resource, lines, waiting, skipped, reload } = useLog(level, paused);
  const shown = useMemo(() => matching(lines, level, text), [lines, level, text]);
  const { api } = useAdmin();
  const { busy, run } = useExport();
  return (
    <Page
      title={t("view.logs")}
      layout="fill"
      actions={
        <ActionButton
          right={null}
          variant="default"
          loading={busy}
          leftSection={<DownloadSimpleIcon size={16} />}
          onClick={() => void run(exportLogs(api), "log", "txt")}
        >
          {t("export.verb")}
        </ActionButton>
      }
    >
      <div className={tools.tools}>
        <SearchField value={text} onChange={setText} label={t("logs.search")} />
        <Select
          aria-label={t("logs.level")}
          value={level}
          allowDeselect={false}
          data={LEVELS.map((each) => ({ value: each, label: t(`logs.from.${each}`) }))}
          onChange={(value) => setLevel(LEVELS.find((each) => each === value) ?? "info")}
          w={190}
        />
        <Button
          variant="default"
          aria-pressed={paused}
          leftSection={paused ? <PlayIcon size={15} /> : <PauseIcon size={15} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? t("logs.resume", { count: waiting }) : t("logs.pause")}
        </Button>
        {skipped > 0 && <span className={classes.skipped}>{t("logs.skipped", { count: skipped })}</span>}
      </div>
      <div className={tools.body}>
        <div className={tools.main}>
          {resource.kind === "loading" && lines.length === 0 && <LoadingRows height={LINE_HEIGHT} />}
          {resource.kind === "failed" && (
            <Failed what={t("logs.failed")} message={resource.message} onRetry={reload} />
          )}
          <Stale of={resource} onRetry={reload} />
          {resource.kind === "ready" && shown.length === 0 && (
            <Nothing searched={text !== ""} onClear={() => setText("")} />
          )}
          {shown.length > 0 && <Lines lines={shown} />}
        </div>
      </div>
    </Page>
  );
}

function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 12,
    getItemKey: (place) => lines[place]?.seq ?? place,
  });
  const newest = lines.at(-1)?.seq;
  useLayoutEffect(() => {
    const at = scroller.current;
    if (following.current && at) at.scrollTop = at.scrollHeight;
  }, [newest]);
  return (
    <div
      ref={scroller}
      className={classes.lines}
      role="log"
      aria-label={t("view.logs")}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: at }) => {
        following.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
      }}
    >
      <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return (
            line && (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className={classes.line}
                data-level={line.level}
                style={{ transform: `translateY(${start}px)` }}
              >
                <time dateTime={line.at}>{format.exactClock(line.at)}</time>
                <span className={classes.level}>{line.level}</span>
                <span className={classes.words}>
                  <span className={classes.target}>{line.target}</span> {line.message}{" "}
                  <span className={classes.target}>{fieldsText(line)}</span>
                </span>
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function Nothing({ searched, onClear }: { readonly searched: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation();
  return searched ? <NoMatch onClear={onClear} /> : <Empty icon={TerminalWindowIcon}>{t("logs.none")}</Empty>;
}
