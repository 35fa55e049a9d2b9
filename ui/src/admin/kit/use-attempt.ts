/** What is done by one press, without a form: busy while it is on its way, and a sentence when it was refused. */
import { useState } from "react";
import { sentenceOf } from "../api/client";
import { complain } from "./use-done";

export interface Attempt {
  readonly busy: boolean;
  /** Whether it worked. `run` rejects with a sentence for the person. */
  attempt(run: () => Promise<unknown>): Promise<boolean>;
}

export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false);
  return {
    busy,
    attempt: async (run) => {
      setBusy(true);
      try {
        await run();
        return true;
      } catch (error) {
        complain(sentenceOf(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
