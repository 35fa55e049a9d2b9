/** Reports about one person within ten minutes, as one: several people saw the same thing. Pure. */
import type { Report } from "../../contract";

/** Apart by more than this, reports are about something else, ms. */
const TOGETHER_MS = 10 * 60_000;

export interface ReportGroup {
  /** The newest one, which names the group. */
  readonly newest: Report;
  /** Newest first. */
  readonly reports: readonly Report[];
}

/** `reports` newest first; so are the groups. */
export function groupsOf(reports: readonly Report[]): readonly ReportGroup[] {
  const groups: { newest: Report; reports: Report[] }[] = [];
  for (const report of reports) {
    const group = groups.find(({ newest, reports }) => {
      const last = reports.at(-1) ?? newest;
      const together = Date.parse(last.at) - Date.parse(report.at) <= TOGETHER_MS;
      return together && whom(newest) === whom(report) && newest.status === report.status;
    });
    if (group) group.reports.push(report);
    else groups.push({ newest: report, reports: [report] });
  }
  return groups;
}

function whom({ target: { person, playerId } }: Report): string {
  return person ? `${person.kind} ${person.subject}` : `player ${playerId}`;
}

/** The group that an address names by any of its reports, else the first. */
export function groupAt(groups: readonly ReportGroup[], id: string | null): ReportGroup | undefined {
  return groups.find(({ reports }) => reports.some((report) => report.id === id)) ?? groups[0];
}

/** The one `step` further, for the keys that walk; stays at the ends. */
export function groupBeside(
  groups: readonly ReportGroup[],
  current: ReportGroup | undefined,
  step: 1 | -1,
): ReportGroup | undefined {
  const at = current ? groups.indexOf(current) : -1;
  return groups[Math.min(groups.length - 1, Math.max(0, at + step))];
}
