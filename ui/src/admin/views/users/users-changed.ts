/** Tells the list of accounts that one was changed elsewhere on the page. */
import { useSyncExternalStore } from "react";

let turn = 0;
const listeners = new Set<() => void>();

export function usersChanged(): void {
  turn += 1;
  for (const listener of listeners) listener();
}

/** Grows with every change. */
export function useUsersTurn(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => turn,
  );
}
