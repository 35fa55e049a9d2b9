/** What the server answers when a run cannot be started or stopped, in the page's language. */
import type { TFunction } from "i18next";
import { ApiProblem } from "../../api/client";

const CODES = [
  "load-test-running",
  "load-test-over",
  "invalid-target",
  "unknown-target",
  "public-target",
  "no-process",
] as const;

/** The server, as typed, is what was refused. */
export function isAboutTarget(error: unknown): boolean {
  return error instanceof ApiProblem && /^(invalid|unknown|public)-target$/.test(error.code);
}

/** Anything else stays as it is. */
export function inWords(t: TFunction, error: unknown): unknown {
  const code = error instanceof ApiProblem && CODES.find((it) => it === error.code);
  return code ? new Error(t(`loadtest.refused.${code}`)) : error;
}
