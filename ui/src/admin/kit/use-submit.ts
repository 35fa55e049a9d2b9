/** Sends a form: while it is on its way, and when it was refused, the fields keep what was typed. */
import { type FormEvent, useState } from "react";
import { sentenceOf } from "../api/client";

export interface Submission {
  readonly busy: boolean;
  /** Why it did not work; `null` when nothing is wrong. */
  readonly problem: string | null;
  submit(event: FormEvent): Promise<void>;
  /** What was refused has changed since. */
  forget(): void;
}

/** `run` rejects with a sentence for the person. */
export function useSubmit(run: () => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    busy,
    problem,
    forget: () => setProblem(null),
    submit: async (event) => {
      event.preventDefault();
      if (busy) return;
      setBusy(true);
      setProblem(null);
      try {
        await run();
      } catch (error) {
        setProblem(sentenceOf(error));
      } finally {
        setBusy(false);
      }
    },
  };
}
