/** Which charts a run has, and which line of which chart shows what. Pure. */
import type { LoadTestSecond, LoadTestSummary } from "../../contract";
import type { TokenName } from "../../theme/tokens";
import { type Pick, quantile } from "./series";

export type LineWord =
  | "clients"
  | "delivered"
  | "sent"
  | "coalesced"
  | "server"
  | "bots"
  | "near"
  | "far"
  | "bytes"
  | "processor"
  | "memory"
  | "errors";

export interface RunLine {
  readonly colour: TokenName;
  readonly pick: Pick;
  /** Its name as it is; otherwise `word` names it in the page's language. */
  readonly percentile?: "p50" | "p95" | "p99";
  readonly word?: LineWord;
  readonly filled?: boolean;
  readonly right?: boolean;
}

export interface RunChart {
  readonly id:
    | "fanout"
    | "update"
    | "crowd"
    | "processor"
    | "join"
    | "arrival"
    | "distance"
    | "bytes"
    | "updates"
    | "host"
    | "memory"
    | "errors";
  /** The axis reaches at least this far. */
  readonly least: number;
  readonly lines: readonly RunLine[];
}

function percentiles(of: (second: LoadTestSecond) => LoadTestSummary | null): readonly RunLine[] {
  return [
    { percentile: "p50", colour: "p50", pick: quantile(of, "p50Ms") },
    { percentile: "p95", colour: "p95", pick: quantile(of, "p95Ms") },
    { percentile: "p99", colour: "p99", pick: quantile(of, "p99Ms") },
  ];
}

const ALL: readonly RunChart[] = [
  { id: "fanout", least: 4, lines: percentiles((second) => second.fanout) },
  { id: "update", least: 4, lines: percentiles((second) => second.update) },
  {
    id: "crowd",
    least: 10,
    lines: [
      { word: "delivered", colour: "tide", filled: true, pick: ({ delivered }) => delivered },
      { word: "clients", colour: "text-2", right: true, pick: ({ clients }) => clients },
    ],
  },
  {
    id: "processor",
    least: 10,
    lines: [
      { word: "server", colour: "tide", filled: true, pick: ({ processes }) => processes.serverCpuPercent },
      { word: "bots", colour: "violet", pick: ({ processes }) => processes.generatorCpuPercent },
    ],
  },
  { id: "join", least: 4, lines: percentiles((second) => second.join) },
  { id: "arrival", least: 4, lines: percentiles((second) => second.arrival) },
  {
    id: "distance",
    least: 4,
    lines: [
      { word: "near", colour: "tide", filled: true, pick: quantile(({ near }) => near, "p99Ms") },
      { word: "far", colour: "violet", pick: quantile(({ far }) => far, "p99Ms") },
    ],
  },
  {
    id: "bytes",
    least: 10,
    lines: [
      {
        word: "bytes",
        colour: "tide",
        filled: true,
        pick: ({ bytesIn, delivered }) => (delivered > 0 ? bytesIn / delivered : null),
      },
    ],
  },
  {
    id: "updates",
    least: 10,
    lines: [
      { word: "sent", colour: "tide", filled: true, pick: ({ sent }) => sent },
      { word: "coalesced", colour: "violet", pick: ({ coalesced }) => coalesced },
    ],
  },
  {
    id: "host",
    least: 100,
    lines: [
      { word: "processor", colour: "tide", filled: true, pick: ({ processes }) => processes.hostCpuPercent },
      { word: "memory", colour: "violet", pick: ({ processes }) => processes.hostMemoryPercent },
    ],
  },
  {
    id: "memory",
    least: 10,
    lines: [
      {
        word: "server",
        colour: "tide",
        filled: true,
        pick: ({ processes: { serverMemoryBytes: bytes } }) => (bytes === null ? null : bytes / 1e6),
      },
    ],
  },
  {
    id: "errors",
    least: 4,
    lines: [{ word: "errors", colour: "danger", filled: true, pick: ({ errors }) => errors }],
  },
];

/** All but those about which nothing can be known, such as the processes of another machine. */
export function chartsOf(seconds: readonly LoadTestSecond[]): readonly RunChart[] {
  if (seconds.length === 0) return ALL.filter(({ id }) => id !== "memory");
  const known = ({ pick }: RunLine) => seconds.some((second) => pick(second) !== null);
  const always = new Set<RunChart["id"]>(["fanout", "update", "crowd", "join"]);
  return ALL.flatMap((chart) => {
    const lines = chart.lines.filter(known);
    if (always.has(chart.id)) return [chart];
    return lines.length > 0 ? [lines.length === chart.lines.length ? chart : { ...chart, lines }] : [];
  });
}
