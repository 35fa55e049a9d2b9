/**
 * Reads `events:packed`: events that everybody gets, packed into one attachment as zlib of `[[name, payload], ...]`.
 *
 * Synchronously, so that they keep their place among the other events; a browser's own decompression would answer later.
 */
import { Unzlib } from "fflate";

/** Bytes that an attachment may stand for; the server packs no more. A few bytes could stand for any number. */
const LIMIT_BYTES = 32 * 1024 * 1024;
/** Bytes unpacked at once. Between two pieces the limit is looked at, and one of this size stands for 16 MiB at most. */
const PIECE_BYTES = 16 * 1024;

export type PackedError = "damaged" | "too-large" | "not-events";

export type PackedEvent = readonly [name: string, payload: unknown];

export type Unpacked =
  | { readonly ok: true; readonly events: readonly PackedEvent[] }
  | { readonly ok: false; readonly error: PackedError };

/** What an attachment holds. Never throws, whatever it is handed. */
export function unpack(attachment: unknown): Unpacked {
  const text = inflated(bytesOf(attachment));
  if (!text.ok) return text;
  try {
    const events: unknown = JSON.parse(text.json);
    if (Array.isArray(events) && events.every(isEvent)) return { ok: true, events };
  } catch {
    // What is no JSON holds no events.
  }
  return { ok: false, error: "not-events" };
}

/** The packed events of a session, and whether the next handshake asks for them. */
export class PackedEvents {
  private givenUp = false;

  /** What the handshake asks for. */
  get features(): readonly string[] {
    return this.givenUp ? [] : ["packed"];
  }

  /** `undefined` for what cannot be read: what it held is lost, and a new connection asks for events as they are. */
  read(attachment: unknown): readonly PackedEvent[] | undefined {
    const unpacked = unpack(attachment);
    if (unpacked.ok) return unpacked.events;
    this.givenUp = true;
    return undefined;
  }
}

function bytesOf(attachment: unknown): Uint8Array {
  if (attachment instanceof Uint8Array) return attachment;
  return attachment instanceof ArrayBuffer ? new Uint8Array(attachment) : new Uint8Array();
}

function inflated(bytes: Uint8Array): { ok: true; json: string } | { ok: false; error: PackedError } {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let json = "";
  let length = 0;
  let ended = false;
  try {
    const zlib = new Unzlib((piece, final) => {
      length += piece.length;
      ended = final;
      if (length <= LIMIT_BYTES) json += decoder.decode(piece, { stream: !final });
    });
    for (let at = 0; !ended && length <= LIMIT_BYTES; at += PIECE_BYTES) {
      zlib.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    }
  } catch {
    return { ok: false, error: "damaged" };
  }
  return length > LIMIT_BYTES ? { ok: false, error: "too-large" } : { ok: true, json };
}

function isEvent(entry: unknown): entry is PackedEvent {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string";
}
