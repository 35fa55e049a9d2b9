/** The history of a range, asked for again as it grows. */
import { useEffect, useMemo } from "react";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { HistoryRange, WorldHistory } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { type Loaded, useResource } from "../../kit/use-resource";
import { PLANS } from "./range";
import { type Story, storyOf } from "./story";

export interface StoryData {
  readonly history: WorldHistory;
  readonly story: Story;
}

/** As long as nothing was measured the first stretch is waited for, ms. */
const BEGINNING_MS = 5000;

export function useStory(range: HistoryRange): Loaded<StoryData> {
  const { api } = useAdmin();
  const loaded = useResource(`story ${range}`, async (signal) => {
    const history = await calls.history(api, range, signal);
    return { history, story: storyOf(history) };
  });
  const { reload, resource } = loaded;
  const begins = resource.kind === "ready" && resource.value.history.points.length === 0;
  const everyMs = begins ? BEGINNING_MS : PLANS[range].everyMs;
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (!document.hidden) reload();
    }, everyMs);
    return () => window.clearInterval(timer);
  }, [reload, everyMs]);
  return loaded;
}

/** What all charts of a story have in common. */
export function useStoryFrame({ history }: StoryData) {
  const format = useFormat();
  const now = useQuarterMinute();
  const { range, from, until } = history;
  return useMemo(() => {
    const words = (iso: string) => format.moment(iso, now);
    const middle = new Date((Date.parse(from) + Date.parse(until)) / 2).toISOString();
    return {
      group: "story",
      axis: format.short,
      ends: [words(from), words(middle), words(until)] as const,
      moment: (seconds: number) => {
        const iso = new Date(seconds * 1000).toISOString();
        return range === "hour" ? format.exactClock(iso) : words(iso);
      },
    };
  }, [format, now, range, from, until]);
}
