/** What was said before an act, as it was kept with it. */
import { Skeleton } from "@mantine/core";
import { FlagIcon } from "@phosphor-icons/react";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import type { EvidenceLine } from "../contract";
import { useFormat } from "../format/use-format";
import type { Resource } from "../kit/reading";
import { Tag } from "../kit/tag";
import { useResource } from "../kit/use-resource";
import classes from "./evidence-lines.module.css";

/** `null`: nothing is kept with that act, or no longer. */
export type Evidence = readonly EvidenceLine[] | null;

export function useEvidence(act: string | null): Resource<Evidence> {
  const { api } = useAdmin();
  const { resource } = useResource<Evidence>(`evidence ${act}`, async (signal) =>
    act === null ? null : (await calls.evidence(api, act, signal)).lines,
  );
  return resource;
}

export interface EvidenceLinesProps {
  readonly evidence: Resource<Evidence>;
  /** The line that stands out, and why. */
  readonly marked?: { readonly id: string; readonly label: string } | undefined;
  /** Said when nothing is kept. */
  readonly none: string;
}

export function EvidenceLines({ evidence, marked, none }: EvidenceLinesProps) {
  const format = useFormat();
  if (evidence.kind === "loading") return <Skeleton height={64} my={8} />;
  if (evidence.kind === "failed") return <p className={classes.none}>{evidence.message}</p>;
  if (evidence.value === null || evidence.value.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <ol className={classes.lines}>
      {evidence.value.map((line) => (
        <li
          key={line.id}
          className={classes.line}
          data-about={line.about || undefined}
          data-marked={line.id === marked?.id || undefined}
        >
          <time dateTime={line.at} title={format.full(line.at)}>
            {format.exactClock(line.at)}
          </time>
          <span className={`${classes.author} name`} dir="auto" title={line.author}>
            {line.author}
          </span>
          <span className={`${classes.words} freetext`} dir="auto">
            {line.content}
          </span>
          {line.id === marked?.id && (
            <Tag tone="danger" icon={FlagIcon}>
              {marked.label}
            </Tag>
          )}
        </li>
      ))}
    </ol>
  );
}
