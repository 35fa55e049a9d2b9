/**
 * Reads the attachment of `players:updated` for a client with the feature `batch2`: frames that go on from each other.
 *
 * The format is specified in `server-core/PROTOCOL.md`, chapter "Streamed updates", and `vectors.json` beside the
 * server's encoder holds the test vectors that all languages run.
 */

import { Checksum } from "./checksum.js";
import { type BatchChange, type BatchResult, readPosition } from "./decode.js";
import { readMetadata } from "./metadata.js";
import {
  type Axis,
  goBy,
  goOn,
  jumpTo,
  MOST_DECIMALS,
  type Motion,
  positionOf,
  readMotion,
  refine,
  standStill,
} from "./motion.js";
import { createReader, type Reader } from "./reader.js";
import { Words } from "./words.js";

const VERSION = 2;

const KEYFRAME = 1;
const INTRODUCED = 2;
const MAPPED = 4;
const FREED = 8;
const CHECK = 16;
const NEAR = 32;
/** Of a frame that goes on. */
const KNOWN = 30;

const ABSENT = 0;
const ON = 1;
const NUDGED = 2;

const WORDS = 64;
const DECIMALS = 128;

const ANIMATION = 1;
const NAME = 2;
const METADATA = 4;
const ALL_WORDS = 7;
const FULL = 8;

const SLOT_LIMIT = 2 ** 20;

interface Slot {
  readonly id: string;
  readonly motion: Motion;
}

/** Whether an attachment is a frame of a stream, and not a batch that stands alone. */
export function isStreamed(data: ArrayBuffer | Uint8Array): boolean {
  return (data instanceof Uint8Array ? data : new Uint8Array(data))[0] === VERSION;
}

/** One connection's side of a stream. Starts out of step: until a keyframe came it refuses everything else. */
export class StreamDecoder {
  private place: { readonly epoch: number; readonly number: number } | null = null;
  private readonly slots = new Map<number, Slot>();
  private readonly words = new Words();

  /** Whether the next frame can be read. */
  get inStep(): boolean {
    return this.place !== null;
  }

  /**
   * Decodes the next frame. Never throws: what the format does not allow, what does not follow the frame before, and a
   * picture that the checksum finds wrong, are answered with the reason. Then nothing of the frame may be applied, and
   * the decoder is out of step until the next keyframe. A keyframe shows nobody.
   */
  read(data: ArrayBuffer | Uint8Array): BatchResult {
    const reader = createReader(data);
    const changes = this.readFrame(reader);
    if (reader.error === null) return { ok: true, changes };
    this.place = null;
    return { ok: false, error: reader.error };
  }

  private readFrame(reader: Reader): BatchChange[] {
    if (reader.byte() !== VERSION) reader.fail("unsupported-version");
    const kind = reader.byte();
    if (kind & ~knownBeside(kind)) reader.fail("unknown-field");
    const epoch = reader.uint32();
    const number = reader.unsigned();
    if (reader.error !== null) return [];
    const changes = this.readBody(reader, kind, epoch, number);
    if (kind & CHECK && reader.error === null) {
      const check = reader.uint32();
      if (reader.error === null && check !== this.checksum()) reader.fail("check-failed");
    }
    if (reader.error === null && reader.remaining() > 0) reader.fail("trailing-bytes");
    this.place = { epoch, number };
    return changes;
  }

  private readBody(reader: Reader, kind: number, epoch: number, number: number): BatchChange[] {
    if (kind & KEYFRAME) return this.readKeyframe(reader);
    if (kind & NEAR) return this.readNear(reader, epoch, number);
    return this.readSteps(reader, kind, epoch, number);
  }

  /** Who is near, behind the frame that was read last. */
  private readNear(reader: Reader, epoch: number, number: number): BatchChange[] {
    const changes: BatchChange[] = [];
    if (this.place?.epoch !== epoch || this.place.number !== number) reader.fail("out-of-step");
    const count = reader.unsigned();
    for (let index = 0; index < count && reader.error === null; index++) {
      const entry = reader.unsigned();
      const slot = this.slots.get(entry >>> 1);
      if (!slot) reader.fail("bad-slot");
      const position = readPosition(reader);
      const words = entry & 1 ? readWordBits(reader) : 0;
      const change: BatchChange = { id: slot?.id ?? "", full: (words & FULL) !== 0, position };
      if (words & ANIMATION) change.animation = reader.text();
      if (words & NAME) change.name = reader.text();
      if (words & METADATA) change.metadata = readMetadata(reader);
      if (reader.error === null) changes.push(change);
    }
    return changes;
  }

  private readKeyframe(reader: Reader): BatchChange[] {
    this.slots.clear();
    this.words.restore(reader);
    this.introduce(reader);
    return [];
  }

  private readSteps(reader: Reader, kind: number, epoch: number, number: number): BatchChange[] {
    const follows = this.place?.epoch === epoch && (this.place.number + 1) >>> 0 === number;
    if (!follows) {
      reader.fail("out-of-step");
      return [];
    }
    if (kind & INTRODUCED) this.introduce(reader);
    const changes = kind & MAPPED ? this.readMap(reader) : this.readList(reader);
    if (kind & FREED) this.free(reader);
    return changes;
  }

  private introduce(reader: Reader): void {
    eachBehind(reader, (number) => {
      const form = reader.byte();
      const id = reader.id(form & 127, form > 127);
      const motion = readMotion(reader);
      if (this.slots.has(number)) reader.fail("bad-slot");
      if (reader.error === null) this.slots.set(number, { id, motion });
    });
  }

  private free(reader: Reader): void {
    eachBehind(reader, (number) => {
      if (!this.slots.delete(number)) reader.fail("bad-slot");
    });
  }

  private readMap(reader: Reader): BatchChange[] {
    const changes: BatchChange[] = [];
    const first = slotBehind(reader, 0, reader.unsigned());
    const span = reader.unsigned();
    const map = reader.bytes(Math.ceil(span / 4));
    for (let place = 0; place < map.length * 4 && reader.error === null; place++) {
      const form = ((map[place >> 2] ?? 0) >> ((place & 3) * 2)) & 3;
      if (form === ABSENT) continue;
      if (place >= span) reader.fail("unknown-field");
      else this.readStep(reader, first + place, form, changes);
    }
    return changes;
  }

  private readList(reader: Reader): BatchChange[] {
    const changes: BatchChange[] = [];
    const count = reader.unsigned();
    let after = 0;
    for (let index = 0; index < count && reader.error === null; index++) {
      const entry = reader.unsigned();
      const number = slotBehind(reader, after, entry >>> 2);
      if ((entry & 3) === ABSENT) reader.fail("empty-record");
      this.readStep(reader, number, entry & 3, changes);
      after = number + 1;
    }
    return changes;
  }

  private readStep(reader: Reader, number: number, form: number, changes: BatchChange[]): void {
    if (reader.error !== null) return;
    const slot = this.slots.get(number);
    if (!slot) {
      reader.fail("bad-slot");
      return;
    }
    const { id, motion } = slot;
    let words = 0;
    if (form === ON) for (const axis of [motion.x, motion.y, motion.z]) goOn(reader, axis);
    else if (form === NUDGED) readNudge(reader, motion);
    else words = readGeneral(reader, motion);
    const change: BatchChange = { id, full: (words & FULL) !== 0, position: positionOf(motion) };
    if (words & ANIMATION) change.animation = this.words.read(reader);
    if (words & NAME) change.name = reader.text();
    if (words & METADATA) change.metadata = readMetadata(reader);
    if (reader.error === null) changes.push(change);
  }

  /** Over each slot in ascending order: its number, its id, and the position as doubles. */
  private checksum(): number {
    const checksum = new Checksum();
    const utf8 = new TextEncoder();
    const number = new DataView(new ArrayBuffer(4));
    const place = new DataView(new ArrayBuffer(24));
    for (const [slot, { id, motion }] of [...this.slots].sort(([a], [b]) => a - b)) {
      const { x, y, z } = positionOf(motion);
      number.setUint32(0, slot, true);
      place.setFloat64(0, x, true);
      place.setFloat64(8, y, true);
      place.setFloat64(16, z, true);
      checksum.update(new Uint8Array(number.buffer));
      checksum.update(utf8.encode(id));
      checksum.update(new Uint8Array(place.buffer));
    }
    return checksum.value;
  }
}

/** The bits that a kind may have. */
function knownBeside(kind: number): number {
  if (kind & KEYFRAME) return KEYFRAME | CHECK;
  return kind & NEAR ? NEAR : KNOWN;
}

/** Ascending slots, as many as a varint says, each by what lies between it and the one before. */
function eachBehind(reader: Reader, read: (number: number) => void): void {
  const count = reader.unsigned();
  let after = 0;
  for (let index = 0; index < count && reader.error === null; index++) {
    const number = slotBehind(reader, after, reader.unsigned());
    if (reader.error === null) read(number);
    after = number + 1;
  }
}

function slotBehind(reader: Reader, after: number, gap: number): number {
  if (after + gap >= SLOT_LIMIT) reader.fail("bad-slot");
  return after + gap;
}

/** x in the low half, z in the high one; the height goes on. */
function readNudge(reader: Reader, { x, y, z }: Motion): void {
  const byte = reader.byte();
  nudge(reader, x, byte & 15);
  goOn(reader, y);
  nudge(reader, z, byte >> 4);
}

function nudge(reader: Reader, axis: Axis, half: number): void {
  if (half === 0) goOn(reader, axis);
  else goBy(reader, axis, (half >>> 1) ^ -(half & 1));
}

/** Returns which words follow. */
function readGeneral(reader: Reader, motion: Motion): number {
  const head = reader.byte();
  if (head & DECIMALS) {
    const decimals = reader.byte();
    if (decimals <= motion.decimals || decimals > MOST_DECIMALS) reader.fail("bad-shape");
    else refine(motion, decimals);
  }
  const turns = [motion.x, motion.y, motion.z].map((axis, index) =>
    readTurn(reader, axis, (head >> (2 * index)) & 3),
  );
  const words = head & WORDS ? readWordBits(reader) : 0;
  for (const turn of turns) turn();
  return words;
}

/** What is to be done with an axis, once all of the step is read. */
function readTurn(reader: Reader, axis: Axis, kind: number): () => void {
  switch (kind) {
    case 0:
      return () => goOn(reader, axis);
    case 1:
      return () => standStill(axis);
    case 2: {
      const more = reader.signed();
      return () => goBy(reader, axis, more);
    }
    default: {
      const value = reader.double();
      return () => jumpTo(axis, value);
    }
  }
}

function readWordBits(reader: Reader): number {
  const words = reader.byte();
  if (words === 0) reader.fail("empty-record");
  else if (words > (ALL_WORDS | FULL)) reader.fail("unknown-field");
  else if (words & FULL && (words & ALL_WORDS) !== ALL_WORDS) reader.fail("incomplete-full");
  return words;
}
