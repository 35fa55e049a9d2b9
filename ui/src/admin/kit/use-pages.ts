/**
 * A list that REST gives page by page, grown as far as somebody scrolls. Asking for something else begins anew, but
 * what is shown stays until the first new page is there.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { sentenceOf } from "../api/client";

export const PAGE_SIZE = 50;

export interface PageOf<T> {
  readonly total: number;
  readonly items: readonly T[];
}

export interface Pages<T> {
  readonly kind: "loading" | "failed" | "ready";
  readonly items: readonly T[];
  readonly total: number;
  readonly message: string;
  /** A later page is on its way. */
  readonly growing: boolean;
  readonly complete: boolean;
  more(): void;
  reload(): void;
}

interface State<T> {
  readonly key: string;
  readonly kind: "loading" | "failed" | "ready";
  readonly items: readonly T[];
  readonly total: number;
  readonly message: string;
  readonly growing: boolean;
}

export function usePages<T>(
  key: string,
  load: (offset: number, limit: number, signal: AbortSignal) => Promise<PageOf<T>>,
): Pages<T> {
  const [state, setState] = useState<State<T>>({
    key,
    kind: "loading",
    items: [],
    total: 0,
    message: "",
    growing: false,
  });
  const [turn, setTurn] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  const growth = useRef<AbortController | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    growth.current?.abort();
    loader.current(0, PAGE_SIZE, abort.signal).then(
      ({ total, items }) => {
        if (!abort.signal.aborted)
          setState({ key, kind: "ready", items, total, message: "", growing: false });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState({ key, kind: "failed", items: [], total: 0, message: sentenceOf(error), growing: false });
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
      () => {
        if (!abort.signal.aborted) setState((before) => ({ ...before, growing: false }));
      },
    );
  }, [state.kind, state.growing, state.items.length, complete]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { ...state, complete, more, reload };
}
