/** One run as this page knows it: what REST answered, and what the feed has sent since. */
import { useMemo } from "react";
import { useAdmin, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import type { LoadTestDetail, LoadTestSecond } from "../../contract";
import type { Resource } from "../../kit/reading";
import { useReloadOn } from "../../kit/use-reload-on";
import { type Loaded, useResource } from "../../kit/use-resource";
import { isOver } from "./series";

export function useRun(id: string): Omit<Loaded<LoadTestDetail>, "put"> {
  const { api } = useAdmin();
  const { resource, reload } = useResource(`load-test ${id}`, (signal) => calls.loadTest(api, id, signal));
  const live = useMirror((mirror) => (mirror.loadTest?.id === id ? mirror.loadTest : null));
  const seconds = useMirror((mirror) => (mirror.loadTest?.id === id ? mirror.loadSeconds : null));
  // After a gap seconds may be missing; after the end there is a report.
  useReloadOn(useMirror((mirror) => mirror.since) ?? 0, reload);
  useReloadOn(live?.endedAt ?? "", reload);
  const known = useMemo((): Resource<LoadTestDetail> => {
    if (resource.kind !== "ready") return resource;
    const { run, report } = resource.value;
    // What REST answers is the newer word once it knows the end.
    const newest = !isOver(run) && live !== null ? live : run;
    const all = report === null ? joined(resource.value.seconds, seconds ?? []) : resource.value.seconds;
    return { ...resource, value: { run: newest, seconds: all, report } };
  }, [resource, live, seconds]);
  return { resource: known, reload };
}

/** Seconds that came later than the last known one. */
export function joined(known: readonly LoadTestSecond[], live: readonly LoadTestSecond[]): LoadTestSecond[] {
  const last = known.at(-1)?.atS ?? 0;
  return [...known, ...live.filter(({ atS }) => atS > last)];
}
