/** Tells the list of accounts that one was changed elsewhere on the page. */
import { useValue, Value } from "./value";

const turn = new Value(0);

export const usersChanged = (): void => turn.set(turn.get() + 1);

/** Grows with every change. */
export const useUsersTurn = (): number => useValue(turn);
