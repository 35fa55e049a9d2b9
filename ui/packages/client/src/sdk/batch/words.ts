import type { Reader } from "./reader.js";

/** How many animations a stream remembers; the oldest makes room for a new one. */
const REMEMBERED = 63;

/** The animations a stream has named, numbered from 1. */
export class Words {
  private kept: string[] = [];
  /** The place that the next new one takes. */
  private next = 0;

  /** Those of a keyframe. */
  restore(reader: Reader): void {
    const count = reader.byte();
    const next = reader.byte();
    if (count > REMEMBERED) reader.fail("bad-word");
    this.kept = [];
    for (let place = 0; place < count && reader.error === null; place++) this.kept.push(reader.text());
    if (count < REMEMBERED ? next !== count : next >= REMEMBERED) reader.fail("bad-word");
    this.next = next;
  }

  /** One that a step says: by its number, or whole and for the first time. */
  read(reader: Reader): string {
    const number = reader.byte();
    if (number === 0) {
      const word = reader.text();
      this.kept[this.next] = word;
      this.next = (this.next + 1) % REMEMBERED;
      return word;
    }
    const word = this.kept[number - 1];
    if (word === undefined) reader.fail("bad-word");
    return word ?? "";
  }
}
