/** What the server answers when a run cannot be started. */
import { ApiProblem } from "../../api/client";

/** The server, as typed, is what was refused. */
export function isAboutTarget(error: unknown): boolean {
  return error instanceof ApiProblem && /^(invalid|unknown|public)-target$/.test(error.code);
}
