/**
 * Reads the binary attachment of `players:updated`.
 *
 * The format is specified in `server-core/PROTOCOL.md`, chapter "Batched updates", and `vectors.json` beside the
 * server's encoder holds the test vectors that both languages run.
 */

import { readMetadata } from "./metadata.js";
import { createReader, type Reader } from "./reader.js";
import type { BatchError } from "./types.js";

/** What changed for one player. A field that is absent did not change. */
export interface BatchChange {
  id: string;
  /**
   * Whether this is the whole player: all four fields are there, and `metadata` replaces what is known. Otherwise the
   * keys of `metadata` each replace the known key, `appearance` included.
   */
  full: boolean;
  position?: { x: number; y: number; z: number };
  animation?: string;
  name?: string;
  /**
   * As `JSON.parse` gives it, so `__proto__` may be an own key of it: merge with object spread, which keeps it an
   * ordinary key, and not by assignment.
   */
  metadata?: Record<string, unknown>;
}

export type BatchResult = { ok: true; changes: BatchChange[] } | { ok: false; error: BatchError };

const VERSION = 1;
const END = 0;

const POSITION = 1;
const ANIMATION = 2;
const NAME = 4;
const METADATA = 8;
const ALL_FIELDS = 15;
const FULL = 16;
const UUID = 32;
const SHARED = 64;
const UNKNOWN = 128;

/** Kinds of number; the kinds of three axes are one byte, as digits in this base. */
const KINDS = 6;
const SHAPES = KINDS * KINDS * KINDS;

/**
 * Decodes a whole batch. Never throws: what the format does not allow is an answer with the reason, and then nothing
 * of the batch may be applied.
 */
export function decodeBatch(data: ArrayBuffer | Uint8Array): BatchResult {
  const reader = createReader(data);
  const changes: BatchChange[] = [];
  const version = reader.byte();
  if (reader.error === null && version !== VERSION) reader.fail("unsupported-version");
  while (reader.error === null) {
    const flags = reader.byte();
    if (flags === END && reader.error === null) {
      if (reader.remaining() > 0) reader.fail("trailing-bytes");
      break;
    }
    const change = readChange(reader, flags);
    if (reader.error === null) changes.push(change);
  }
  return reader.error === null ? { ok: true, changes } : { ok: false, error: reader.error };
}

function readChange(reader: Reader, flags: number): BatchChange {
  const change: BatchChange = { id: "", full: (flags & FULL) !== 0 };
  if (!checkFlags(reader, flags)) return change;
  change.id = reader.id(flags & SHARED ? reader.byte() : 0, (flags & UUID) !== 0);
  if (flags & POSITION) change.position = readPosition(reader);
  if (flags & ANIMATION) change.animation = reader.text();
  if (flags & NAME) change.name = reader.text();
  if (flags & METADATA) change.metadata = readMetadata(reader);
  return change;
}

function checkFlags(reader: Reader, flags: number): boolean {
  const fields = flags & ALL_FIELDS;
  if (flags & UNKNOWN) reader.fail("unknown-field");
  else if (flags & FULL && fields !== ALL_FIELDS) reader.fail("incomplete-full");
  else if (fields === 0) reader.fail("empty-record");
  return reader.error === null;
}

/** x, y and z behind the byte that says which kinds of number they are. */
export function readPosition(reader: Reader): { x: number; y: number; z: number } {
  const shape = reader.byte();
  if (shape >= SHAPES) reader.fail("bad-shape");
  const x = readNumber(reader, shape % KINDS);
  const y = readNumber(reader, Math.floor(shape / KINDS) % KINDS);
  const z = readNumber(reader, Math.floor(shape / (KINDS * KINDS)));
  return { x, y, z };
}

/** Dividing gives exactly the double nearest to the decimal: IEEE 754 division is correctly rounded. */
function readNumber(reader: Reader, kind: number): number {
  switch (kind) {
    case 0:
      return 0;
    case 1:
      return reader.signed();
    case 2:
      return reader.signed() / 100;
    case 3:
      return reader.signed() / 1000;
    case 4:
      return reader.single();
    default:
      return reader.double();
  }
}
