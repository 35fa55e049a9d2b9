/** A held line in pieces, with the word of the list marked where it stands as it is written. Pure. */
export interface Part {
  readonly text: string;
  readonly marked: boolean;
  /** Where it begins, which is also its name among the others. */
  readonly at: number;
}

/** A disguised word (`f00l` for `fool`) is not found here: then the whole line is one piece. */
export function markedParts(line: string, word: string): readonly Part[] {
  const folded = line.toLowerCase();
  const wanted = word.toLowerCase();
  // Lower case may be longer than what it was made of; then places do not fit.
  if (wanted === "" || folded.length !== line.length) return [{ text: line, marked: false, at: 0 }];
  const parts: Part[] = [];
  let from = 0;
  for (let found = folded.indexOf(wanted); found >= 0; found = folded.indexOf(wanted, from)) {
    if (found > from) parts.push({ text: line.slice(from, found), marked: false, at: from });
    from = found + wanted.length;
    parts.push({ text: line.slice(found, from), marked: true, at: found });
  }
  if (from < line.length || parts.length === 0)
    parts.push({ text: line.slice(from), marked: false, at: from });
  return parts;
}
