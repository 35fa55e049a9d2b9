/**
 * What the administration needs from the program it runs in: a browser tab, or the desktop window.
 *
 * Only the files beside this one may know which of the two it is. Pages import `platform` from `./index` and nothing
 * else from here.
 */

/** A file to hand to the person in front of the screen. */
export interface FileToSave {
  /** Suggested name, with its ending. */
  readonly name: string;
  readonly content: Blob;
}

export interface PickedFile {
  readonly name: string;
  readonly content: Blob;
}

export interface PickRequest {
  /** Media types as `<input accept>` takes them, such as `image/png`. */
  readonly accept: string;
}

/** A server that lives in this very program. Times are ISO 8601. */
export type HostState =
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly port: number; readonly startedAt: string }
  | { readonly kind: "stopping" }
  | { readonly kind: "stopped" }
  /** `freePort`: one to offer instead, where a busy port was the trouble. */
  | { readonly kind: "failed"; readonly message: string; readonly freePort: number | null };

export interface ServerControl {
  state(): HostState;
  /** Tells about every change; the answer ends that. */
  subscribe(listener: () => void): () => void;
  /** Without a port the one from the settings is taken. */
  start(port?: number): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

export interface Platform {
  readonly kind: "browser" | "desktop";
  /** Origin of the server this GUI administers, without a trailing slash. Asked anew at every call. */
  gateway(): string;
  /**
   * Proof of who is in front of the window, sent as bearer token and in the handshake; `null` where the browser's
   * cookie says it.
   */
  sessionToken(): string | null;
  /** `false` when the person changed their mind. Rejects with a sentence when the file cannot be written. */
  saveFile(file: FileToSave): Promise<boolean>;
  /** `null` when the person changed their mind. */
  pickFile(request: PickRequest): Promise<PickedFile | null>;
  /** `false` where the clipboard is out of reach: then the text has to be selected by hand. */
  copy(text: string): Promise<boolean>;
  openLink(url: string): void;
  /** `null` where the server runs elsewhere. */
  readonly server: ServerControl | null;
}
