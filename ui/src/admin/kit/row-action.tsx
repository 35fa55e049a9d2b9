/** A button at the end of a row that changes what the row is about; what goes wrong is shown in passing. */
import type { ReactNode } from "react";
import { sentenceOf } from "../api/client";
import type { Right } from "../contract";
import { openDialog } from "../state/dialog";
import { ActionButton } from "./action-button";
import tools from "./tools.module.css";
import { complain, notify } from "./use-done";

export interface RowActionProps {
  readonly right: Right;
  readonly verb: string;
  readonly icon?: ReactNode;
  /** Quiet, beside nothing or beside its likes; `default` beside a harsh one. */
  readonly variant?: "subtle" | "default";
  /** Asked first, because there is no way back. */
  readonly ask?: { readonly question: string; readonly consequence: string };
  /** Shown when it worked. */
  readonly done: string;
  readonly onDone: () => void;
  /** Rejects with a sentence. */
  readonly run: () => Promise<unknown>;
}

export function RowAction({ right, verb, icon, variant = "subtle", ask, done, onDone, run }: RowActionProps) {
  const act = async () => {
    await run();
    notify(done);
    onDone();
  };
  const press = () => {
    if (ask) openDialog({ kind: "confirm", ...ask, verb, right, run: act });
    else act().catch((error) => complain(sentenceOf(error)));
  };
  return (
    <span className={tools.rowActions}>
      <ActionButton
        right={right}
        variant={variant}
        size="compact-sm"
        leftSection={icon}
        {...(ask && { color: "red" })}
        onClick={press}
      >
        {verb}
      </ActionButton>
    </span>
  );
}
