import type { BatchError } from "./types.js";

/**
 * A place in the bytes of a batch.
 *
 * The first failure is kept in `error`. From then on every read gives a zero or an empty text and the place stays
 * where it is, so callers check once per record instead of once per field.
 */
export interface Reader {
  readonly error: BatchError | null;
  fail(error: BatchError): void;
  remaining(): number;
  byte(): number;
  /** A zigzag varint of 32 bits. */
  signed(): number;
  single(): number;
  double(): number;
  text(): string;
  /** A varint of 32 bits. */
  unsigned(): number;
  /** Four bytes, little-endian. */
  uint32(): number;
  /** Steps over `count` bytes and gives them. */
  bytes(count: number): Uint8Array;
  /** A player id, which may begin with so many bytes of the id read before and may end with a UUID in binary. */
  id(shared: number, uuid: boolean): string;
}

/** How many bytes an id may share with the one before it. */
const SHARED_PREFIX_LIMIT = 64;
const UUID_BYTES = 16;
/** Above this the decoder of the platform is faster than building the string byte by byte. */
const SHORT_TEXT_BYTES = 24;

/** `ignoreBOM` means to keep it: a name may begin with U+FEFF. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function createReader(data: ArrayBuffer | Uint8Array): Reader {
  return new ByteReader(data instanceof Uint8Array ? data : new Uint8Array(data));
}

class ByteReader implements Reader {
  error: BatchError | null = null;
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private at = 0;
  private previousId = "";
  /** The bytes of the previous id, needed only when it is not ASCII: then lengths in bytes and in units differ. */
  private previousIdBytes: Uint8Array | null = null;

  constructor(bytes: Uint8Array) {
    this.data = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  fail(error: BatchError): void {
    this.error ??= error;
  }

  remaining(): number {
    return this.data.length - this.at;
  }

  byte(): number {
    const at = this.take(1);
    return at < 0 ? 0 : (this.data[at] ?? 0);
  }

  signed(): number {
    const value = this.varint();
    return (value >>> 1) ^ -(value & 1);
  }

  unsigned(): number {
    return this.varint();
  }

  uint32(): number {
    const at = this.take(4);
    return at < 0 ? 0 : this.view.getUint32(at, true);
  }

  bytes(count: number): Uint8Array {
    const at = this.take(count);
    return at < 0 ? new Uint8Array() : this.data.subarray(at, at + count);
  }

  single(): number {
    const at = this.take(4);
    return at < 0 ? 0 : this.finite(this.view.getFloat32(at, true));
  }

  double(): number {
    const at = this.take(8);
    return at < 0 ? 0 : this.finite(this.view.getFloat64(at, true));
  }

  text(): string {
    const length = this.varint();
    const at = this.take(length);
    return at < 0 ? "" : this.slice(at, length);
  }

  id(shared: number, uuid: boolean): string {
    const head = this.sharedHead(shared);
    const id = head + (uuid ? this.uuid() : this.text());
    if (id === "") this.fail("empty-id");
    this.previousId = id;
    this.previousIdBytes = null;
    return id;
  }

  private sharedHead(length: number): string {
    const known = this.previousId;
    if (length > SHARED_PREFIX_LIMIT) {
      this.fail("bad-prefix");
      return "";
    }
    const head = known.slice(0, length);
    if (head.length === length && isAscii(head)) return head;
    return this.sharedHeadOfBytes(length);
  }

  private sharedHeadOfBytes(length: number): string {
    this.previousIdBytes ??= new TextEncoder().encode(this.previousId);
    const bytes = this.previousIdBytes;
    const cutsCharacter = ((bytes[length] ?? 0) & 0xc0) === 0x80;
    if (length > bytes.length || cutsCharacter) {
      this.fail("bad-prefix");
      return "";
    }
    return utf8.decode(bytes.subarray(0, length));
  }

  private uuid(): string {
    const at = this.take(UUID_BYTES);
    if (at < 0) return "";
    let text = "";
    for (let index = 0; index < UUID_BYTES; index++) {
      if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
      text += HEX[this.data[at + index] ?? 0];
    }
    return text;
  }

  /** An unsigned LEB128 number of at most 32 bits, in as few bytes as it needs. */
  private varint(): number {
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = this.byte();
      if (this.error !== null) return 0;
      if ((shift === 28 && byte > 0x0f) || (shift > 0 && byte === 0)) {
        this.fail("bad-varint");
        return 0;
      }
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }

  /** Steps over `count` bytes and gives where they begin, or -1 when there are not so many. */
  private take(count: number): number {
    const at = this.at;
    if (this.error !== null) return -1;
    if (count > this.data.length - at) {
      this.fail("truncated");
      return -1;
    }
    this.at = at + count;
    return at;
  }

  private slice(at: number, length: number): string {
    if (length <= SHORT_TEXT_BYTES) {
      let text = "";
      for (let index = at; index < at + length; index++) {
        const byte = this.data[index] ?? 0;
        if (byte >= 0x80) return this.unicode(at, length);
        text += String.fromCharCode(byte);
      }
      return text;
    }
    return this.unicode(at, length);
  }

  private unicode(at: number, length: number): string {
    try {
      return utf8.decode(this.data.subarray(at, at + length));
    } catch {
      this.fail("invalid-utf8");
      return "";
    }
  }

  private finite(value: number): number {
    if (Number.isFinite(value)) return value;
    this.fail("not-finite");
    return 0;
  }
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= 0x80) return false;
  }
  return true;
}
