/** A refusal where nothing can go on without the yes. */
import type { Refusal } from "../contract/index.js";

export class RefusedError extends Error {
  override readonly name = "RefusedError";
  /** In kebab-case; `no-answer` where none came. */
  readonly code: string;
  /** What a moderator wrote, for `banned`. */
  readonly reason: string | undefined;
  /** ISO 8601: when it is worth another try. */
  readonly until: string | undefined;

  constructor({ message, code, reason, until }: Omit<Refusal, "ok">) {
    super(message || `Refused: ${code}.`);
    this.code = code;
    this.reason = reason;
    this.until = until;
  }
}
