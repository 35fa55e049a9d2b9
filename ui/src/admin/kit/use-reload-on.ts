/** Loads a list anew when something changed it. */
import { useEffect, useRef } from "react";

/** The first value is what the list was loaded with, and so is the first one after nothing was known. */
export function useReloadOn(value: unknown, reload: () => void): void {
  const before = useRef(value);
  useEffect(() => {
    const last = before.current;
    before.current = value;
    if (last !== value && last !== null) reload();
  }, [value, reload]);
}
