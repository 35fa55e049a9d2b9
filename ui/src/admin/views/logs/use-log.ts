/** The server's log as React state: what it kept, then what comes. Paused, new lines wait. */
import { useEffect, useRef, useState } from "react";
import { useAdmin, useMirror } from "../../access/admin";
import { logs } from "../../api/lists";
import type { LogLevel, LogLine } from "../../contract";
import type { Resource } from "../../kit/reading";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import { KEPT_LINES, withLines } from "./log-lines";

export interface LogState {
  readonly resource: Resource<unknown>;
  readonly lines: readonly LogLine[];
  /** Lines that came while paused. */
  readonly waiting: number;
  readonly skipped: number;
  reload(): void;
}

export function useLog(level: LogLevel, paused: boolean): LogState {
  const { api, feed } = useAdmin();
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [skipped, setSkipped] = useState(0);
  const [waiting, setWaiting] = useState(0);
  const held = useRef<LogLine[]>([]);
  const isPaused = useRef(paused);
  const { resource, reload } = useResource(level, async (signal) => {
    const page = await logs(api, { level, limit: KEPT_LINES }, signal);
    setLines(withLines([], page.lines));
    return page.total;
  });
  // Behind a gap lines are missing, and those of a server that began anew count from one again.
  useReloadOn(
    useMirror((mirror) => mirror.since),
    reload,
  );

  useEffect(() => {
    isPaused.current = paused;
    if (paused || held.current.length === 0) return;
    const late = held.current;
    held.current = [];
    setWaiting(0);
    setLines((before) => withLines(before, late));
  }, [paused]);

  useEffect(
    () =>
      feed.followLogs(level, (batch) => {
        if (batch.skipped > 0) setSkipped((before) => before + batch.skipped);
        if (isPaused.current) {
          held.current = [...held.current, ...batch.lines].slice(-KEPT_LINES);
          setWaiting(held.current.length);
        } else setLines((before) => withLines(before, batch.lines));
      }),
    [feed, level],
  );
  return { resource, lines, waiting, skipped, reload };
}
