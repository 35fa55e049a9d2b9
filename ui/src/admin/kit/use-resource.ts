/**
 * Something REST knows, as React state: loading, failed or ready. A reload keeps what is shown until the new answer
 * is there; an answer that comes too late is dropped.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { sentenceOf } from "../api/client";

export type Resource<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "ready"; readonly value: T };

export interface Loaded<T> {
  readonly resource: Resource<T>;
  reload(): void;
  /** Changes what is shown before the server is asked again. */
  put(value: T): void;
}

/** Loads anew when `key` changes; a new key forgets the old value. */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ readonly key: string; readonly resource: Resource<T> }>({
    key,
    resource: { kind: "loading" },
  });
  const [turn, setTurn] = useState(0);
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    const abort = new AbortController();
    loader.current(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setState({ key, resource: { kind: "ready", value } });
      },
      (error: unknown) => {
        if (!abort.signal.aborted)
          setState({ key, resource: { kind: "failed", message: sentenceOf(error) } });
      },
    );
    return () => abort.abort();
  }, [key, turn]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const put = useCallback((value: T) => setState({ key, resource: { kind: "ready", value } }), [key]);
  const resource: Resource<T> = state.key === key ? state.resource : { kind: "loading" };
  return { resource, reload, put };
}
