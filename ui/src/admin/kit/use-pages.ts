/**
 * A list that REST gives page by page, grown as far as somebody scrolls. Asking for something else begins anew, but
 * what is shown stays until the first new page is there, and so it does when it cannot be read again.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { sentenceOf } from "../api/client";
import { type Freshness, fresh, troubleOf } from "./reading";
import { useAgainWhenLive } from "./use-again-when-live";
import { complain } from "./use-done";

export const PAGE_SIZE = 50;

export interface PageOf<T> {
  readonly total: number;
  readonly items: readonly T[];
}

interface Listed<T> extends Freshness {
  readonly kind: "loading" | "failed" | "ready";
  readonly items: readonly T[];
  readonly total: number;
  readonly message: string;
  /** A later page is on its way. */
  readonly growing: boolean;
}

export interface Pages<T> extends Listed<T> {
  readonly complete: boolean;
  more(): void;
  reload(): void;
}

interface State<T> extends Listed<T> {
  /** What it is a list of. */
  readonly key: string;
}

export function usePages<T>(
  key: string,
  load: (offset: number, limit: number, signal: AbortSignal) => Promise<PageOf<T>>,
): Pages<T> {
  const [state, setState] = useState<State<T>>(() => ({ ...nothing<T>("loading"), key }));
  const [turn, setTurn] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  const growth = useRef<AbortController | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    growth.current?.abort();
    loader.current(0, PAGE_SIZE, abort.signal).then(
      ({ total, items }) => {
        if (!abort.signal.aborted) setState({ ...nothing<T>("ready"), key, items, total });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState((before) => {
          const trouble = troubleOf(error);
          if (before.key === key && before.kind === "ready" && trouble !== null)
            return { ...before, trouble, growing: false };
          return { ...nothing<T>("failed"), key, message: sentenceOf(error) };
        });
      },
    );
    return () => abort.abort();
  }, [key, turn]);

  const complete = state.items.length >= state.total;
  const more = useCallback(() => {
    if (state.kind !== "ready" || state.growing || complete) return;
    const abort = new AbortController();
    growth.current = abort;
    setState((before) => ({ ...before, growing: true }));
    loader.current(state.items.length, PAGE_SIZE, abort.signal).then(
      ({ total, items }) => {
        if (abort.signal.aborted) return;
        setState((before) => ({ ...before, items: [...before.items, ...items], total, growing: false }));
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState((before) => ({ ...before, growing: false }));
        complain(sentenceOf(error));
      },
    );
  }, [state.kind, state.growing, state.items.length, complete]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useAgainWhenLive(state.kind === "failed" || state.trouble !== null, reload);
  return { ...state, complete, more, reload };
}

/** A list without anything in it, yet or for good. */
function nothing<T>(kind: Listed<T>["kind"]): Listed<T> {
  return { kind, items: [], total: 0, message: "", growing: false, ...fresh(Date.now()) };
}
