/** A button at the end of a row that changes what the row is about; what goes wrong is shown in passing. */
import type { ReactNode } from "react";
import { sentenceOf } from "../api/client";
import type { Right } from "../contract";
import { ActionButton } from "./action-button";
import tools from "./tools.module.css";
import { complain, notify } from "./use-done";

export interface RowActionProps {
  readonly right: Right;
  readonly verb: string;
  readonly icon?: ReactNode;
  /** Shown when it worked. */
  readonly done: string;
  readonly onDone: () => void;
  /** Rejects with a sentence. */
  readonly run: () => Promise<unknown>;
}

export function RowAction({ right, verb, icon, done, onDone, run }: RowActionProps) {
  const act = async () => {
    try {
      await run();
      notify(done);
      onDone();
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return (
    <span className={tools.rowActions}>
      <ActionButton
        right={right}
        variant="subtle"
        size="compact-sm"
        leftSection={icon}
        onClick={() => void act()}
      >
        {verb}
      </ActionButton>
    </span>
  );
}
