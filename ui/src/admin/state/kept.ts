/** Choices of the person in front of this browser, such as which columns are shown. Nothing secret goes here. */
import { useCallback, useState } from "react";

const PREFIX = "comutiny.admin.";

/** `read` answers `undefined` for anything it does not know. */
export function useKept<T>(
  key: string,
  initial: T,
  read: (value: unknown) => T | undefined,
): readonly [T, (value: T) => void] {
  const [value, setValue] = useState(() => load(key, read) ?? initial);
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify(next));
      } catch {
        // Full or forbidden: the choice lasts as long as the page.
      }
    },
    [key],
  );
  return [value, keep];
}

function load<T>(key: string, read: (value: unknown) => T | undefined): T | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : read(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** For `useKept`: one of these words. */
export function oneOf<T extends string>(words: readonly T[]): (value: unknown) => T | undefined {
  return (value) => words.find((word) => word === value);
}

/** For `useKept`: some of these words, in their order. */
export function someOf<T extends string>(words: readonly T[]): (value: unknown) => readonly T[] | undefined {
  return (value) => (Array.isArray(value) ? words.filter((word) => value.includes(word)) : undefined);
}
