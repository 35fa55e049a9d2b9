/**
 * Something REST knows, as React state: loading, failed or ready. A reload keeps what is shown until the new answer
 * is there, and when there is none; an answer that comes too late is dropped.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { fresh, notRead, type Resource } from "./reading";
import { useAgainWhenLive } from "./use-again-when-live";

export interface Loaded<T> {
  readonly resource: Resource<T>;
  reload(): void;
  /** Changes what is shown before the server is asked again. */
  put(value: T): void;
}

const LOADING = { kind: "loading" } as const;

/** Loads anew when `key` changes; a new key forgets the old value. */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ readonly key: string; readonly resource: Resource<T> }>({
    key,
    resource: LOADING,
  });
  const [turn, setTurn] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  const put = useCallback(
    (value: T) => setState({ key, resource: { kind: "ready", value, ...fresh(Date.now()) } }),
    [key],
  );

  useEffect(() => {
    const abort = new AbortController();
    loader.current(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) put(value);
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState((before) => ({
          key,
          resource: notRead(before.key === key ? before.resource : LOADING, error),
        }));
      },
    );
    return () => abort.abort();
  }, [key, put, turn]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const resource: Resource<T> = state.key === key ? state.resource : LOADING;
  useAgainWhenLive(
    resource.kind === "failed" || (resource.kind === "ready" && resource.trouble !== null),
    reload,
  );
  return { resource, reload, put };
}
