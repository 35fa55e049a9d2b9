/** Lets the list of accounts know that another part of the page changed one. */
import { useValue, Value } from "./value";

const turn = new Value(0);

export const usersChanged = (): void => turn.set(turn.get() + 1);

/** Grows with every change. */
export const useUsersTurn = (): number => useValue(turn);
