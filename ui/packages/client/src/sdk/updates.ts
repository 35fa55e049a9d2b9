/**
 * What `players:updated` brings, in whichever form the server sends it, and which forms the next handshake asks for.
 *
 * A frame of a stream goes on from the one before. When one cannot be read, the picture is asked for again, and until it
 * comes the stream is passed over; when that does not help, or a batch that stands alone cannot be read, the form is
 * given up, and a new connection asks for the simpler ones.
 */
import type { PlayerPatch } from "../contract/index.js";
import { type BatchChange, decodeBatch, isStreamed, StreamDecoder } from "./batch/index.js";

/** Best first; a server takes the best it knows. */
const FORMS: readonly string[] = ["batch2", "batch"];
/** A stream that breaks off more often on one connection is not worth having. */
const MOST_RESYNCS = 3;

/** What to do about an attachment. */
export type Reading =
  | { readonly kind: "patches"; readonly patches: readonly PlayerPatch[] }
  /** The whole world has to be asked for. */
  | { readonly kind: "resync" }
  /** A new connection has to be made, which asks for a simpler form. */
  | { readonly kind: "reconnect" };

const NOTHING: Reading = { kind: "patches", patches: [] };

export class Updates {
  /** Forms this client has given up for good: a newer server may speak a newer format. */
  private givenUp = 0;
  private stream = new StreamDecoder();
  private resyncs = 0;
  private awaitsKeyframe = false;

  /** What the handshake asks for. */
  get features(): readonly string[] {
    return FORMS.slice(this.givenUp);
  }

  /** A new connection has a stream of its own. */
  connected(): void {
    this.stream = new StreamDecoder();
    this.resyncs = 0;
    this.awaitsKeyframe = false;
  }

  read(payload: unknown): Reading {
    const bytes =
      payload instanceof ArrayBuffer || payload instanceof Uint8Array ? payload : new Uint8Array();
    if (isStreamed(bytes)) return this.readFrame(bytes);
    const batch = decodeBatch(bytes);
    if (batch.ok) return { kind: "patches", patches: batch.changes.map(patchOf) };
    return this.giveUp(FORMS.length);
  }

  /** The server would not send the world again. */
  refused(): Reading {
    return this.giveUp(1);
  }

  private readFrame(bytes: ArrayBuffer | Uint8Array): Reading {
    const frame = this.stream.read(bytes);
    if (frame.ok) {
      this.awaitsKeyframe = false;
      return { kind: "patches", patches: frame.changes.map(patchOf) };
    }
    if (this.awaitsKeyframe) return NOTHING;
    this.resyncs += 1;
    if (this.resyncs > MOST_RESYNCS) return this.giveUp(1);
    this.awaitsKeyframe = true;
    return { kind: "resync" };
  }

  private giveUp(forms: number): Reading {
    this.givenUp = Math.max(this.givenUp, forms);
    return { kind: "reconnect" };
  }
}

function patchOf({ full, ...change }: BatchChange): PlayerPatch {
  return full ? { ...change, whole: true } : change;
}
