/** In what two runs differ that makes their figures hard to compare. Pure. */
import type { LoadTestRun } from "../../contract";

type Plan = LoadTestRun["plan"];

/** Parts of a plan, each with words of its own. */
export const PLAN_PARTS = [
  "clients",
  "updateIntervalMs",
  "mode",
  "durationMs",
  "shape",
  "spread",
  "walk",
  "target",
] as const;
export type PlanPart = (typeof PLAN_PARTS)[number];

const planPart = (plan: Plan, part: PlanPart): unknown => {
  switch (part) {
    case "shape":
    case "spread":
    case "walk":
      return plan.crowd[part];
    case "target":
      return plan.own || plan.targetUrl;
    default:
      return plan[part];
  }
};

export function unequalParts(a: Plan, b: Plan): readonly PlanPart[] {
  return PLAN_PARTS.filter((part) => planPart(a, part) !== planPart(b, part));
}
