/** The table's arrangement as React state: each one starts from the one before. */
import { useMemo, useRef } from "react";
import { type Arranged, arrange, type Sessions, type TableQuery } from "./arrange";
import { SearchTexts } from "./search-texts";

export function useArranged(sessions: Sessions | null, query: TableQuery, frozen: boolean): Arranged | null {
  const memory = useRef({ before: null as Arranged | null, texts: new SearchTexts() });
  const { text, segment, sort } = query;
  return useMemo(() => {
    if (sessions === null) return null;
    const { before, texts } = memory.current;
    texts.sweep(sessions);
    const arranged = arrange(sessions, { text, segment, sort }, before, frozen, texts);
    memory.current.before = arranged;
    return arranged;
  }, [sessions, text, segment, sort, frozen]);
}
