/** The table's arrangement as React state: each one starts from the one before. */
import { useMemo, useRef } from "react";
import { useMirror } from "../../access/admin";
import { SearchTexts } from "../../people/search-texts";
import { type Arranged, arrange, followsMoves, type Sessions, type TableQuery } from "./arrange";

const NO_MOVES = new Map();

export function useArranged(sessions: Sessions | null, query: TableQuery, frozen: boolean): Arranged | null {
  const memory = useRef({ before: null as Arranged | null, texts: new SearchTexts() });
  const { text, segment, sort } = query;
  const moves = useMirror((mirror) => (followsMoves(sort) ? mirror.moves : NO_MOVES)) ?? NO_MOVES;
  return useMemo(() => {
    if (sessions === null) return null;
    const { before, texts } = memory.current;
    texts.sweep(sessions);
    const arranged = arrange(sessions, { text, segment, sort }, before, frozen, { texts, moves });
    memory.current.before = arranged;
    return arranged;
  }, [sessions, moves, text, segment, sort, frozen]);
}
