/** Lays what the feed sent over what REST listed. Pure. */
import type { Report, ReportStatus } from "../../contract";

/** Newest first; `all` keeps every status. */
export function mergeReports(
  listed: readonly Report[],
  changed: Iterable<Report>,
  status: ReportStatus | "all",
): readonly Report[] {
  const byId = new Map(listed.map((report) => [report.id, report]));
  for (const report of changed) byId.set(report.id, report);
  return [...byId.values()]
    .filter((report) => status === "all" || report.status === status)
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
