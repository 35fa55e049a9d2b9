/**
 * What the administration needs from the program it runs in: a browser tab, or the desktop window.
 *
 * Only the files beside this one may know which of the two it is. Pages import `platform` from `./index` and nothing
 * else from here.
 */
import type { Language } from "../languages";

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
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  /** `gateway`: where this window reaches it, without a trailing slash. */
  | {
      readonly kind: "running";
      readonly port: number;
      readonly startedAt: string;
      readonly gateway: string;
    }
  | { readonly kind: "stopping" }
  | HostFailure;

export interface HostFailure {
  readonly kind: "failed";
  /** What happened and what to do, in English; for codes the page has no words of its own for. */
  readonly message: string;
  readonly code:
    | "port-busy"
    | "port-forbidden"
    | "settings"
    | "folder-missing"
    | "folder-empty"
    | "folder-unusable"
    | "folder-unknown"
    | "crashed"
    | "too-slow"
    | "other";
  /** The port that is taken, with `port-busy`. */
  readonly busyPort: number | null;
  /** One to offer instead. */
  readonly freePort: number | null;
  /** The world's folder, with `folder-missing` and `folder-empty`. */
  readonly folder: string | null;
}

export interface ServerControl {
  state(): HostState;
  /** Runs after every change; the answer ends that. */
  subscribe(listener: () => void): () => void;
  /** Without a port the one from the settings is taken. */
  start(port?: number): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

export type Scheme = "light" | "dark" | "auto";

export interface Platform {
  readonly kind: "browser" | "desktop";
  /** Must have been awaited before anything else is asked. */
  open(): Promise<void>;
  /** The language somebody chose earlier, `null` for none. */
  language(): string | null;
  /** Remembers a choice for the next time. */
  keepLanguage(language: string): void;
  /** Light or dark by the person's choice; `auto` follows the system. */
  scheme(): Scheme;
  /** Runs after every change; the answer ends that. */
  onScheme(listener: () => void): () => void;
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
  /** `null` where there is no computer to look after. */
  readonly computer: Computer | null;
}

/** The computer the desktop program runs on. Everything rejects with a sentence when it did not work. */
export interface Computer {
  readonly version: string;
  /** A newer version of the program, where somebody set an address that is asked; it never changes by itself. */
  update(): UpdateNotice | null;
  /** Runs when that changes; the answer ends that. */
  onUpdate(listener: () => void): () => void;
  settings(): Promise<ComputerSettings>;
  saveApp(settings: AppSettings, autostart: boolean): Promise<void>;
  /** All or none; `null` goes back to the default. What is not accepted comes back as sentences by key. */
  saveServer(changes: ServerChanges): Promise<Readonly<Record<string, string>>>;
  /** Files that could not be used since the program started. */
  problems(): readonly SettingsProblem[];
  dismissProblems(): Promise<void>;
  openDataFolder(): Promise<void>;
  /** Copies the world into another folder and opens it from there. `null` when the person changed their mind. */
  moveWorld(): Promise<MovedWorld | null>;
  /** Opens the world in another folder. `false` when the person changed their mind. */
  chooseDataFolder(): Promise<boolean>;
  /** These answer `null` or `false` when the person changed their mind. */
  backUp(): Promise<SavedBackup | null>;
  restore(): Promise<WorldContents | null>;
  saveDiagnostics(): Promise<boolean>;
  openLogFolder(): Promise<void>;
  /** The last lines of the log file, oldest first. */
  logTail(): Promise<readonly string[]>;
  quit(): Promise<void>;
}

export interface UpdateNotice {
  readonly version: string;
  /** The page to read of it and get it. */
  readonly url: string;
  readonly notes: string;
}

/** What a world's database holds. */
export interface WorldContents {
  readonly accounts: number;
  readonly messages: number;
}

export interface SavedBackup {
  readonly file: string;
  readonly contents: WorldContents;
}

export interface MovedWorld {
  readonly folder: string;
  /** `null` where nothing was copied: another world lay there. */
  readonly contents: WorldContents | null;
}

/** Settings of the window. */
export interface AppSettings {
  readonly language: "system" | Language;
  readonly theme: "system" | "light" | "dark";
  readonly start_server: boolean;
  readonly start_hidden: boolean;
  readonly close_to_tray: boolean;
  readonly keep_awake: boolean;
  readonly notify_first_join: boolean;
  readonly notify_reports: boolean;
  readonly notify_trouble: boolean;
}

/** One setting of the server, kept in a file on this computer. */
export interface ServerSetting {
  /** As in the file: `server_port`. */
  readonly key: string;
  readonly group: string;
  readonly help: string;
  /** Completes "it must be ...". */
  readonly accepts: string;
  /** In force at the next start; empty for a secret. */
  readonly value: string;
  readonly default: string;
  /** The environment variable that decides it instead of the file. */
  readonly lockedBy: string | null;
  readonly secret: boolean;
  /** On or off. */
  readonly switch: boolean;
  /** Whether the file sets it. */
  readonly changed: boolean;
}

export type ServerChanges = Readonly<Record<string, string | null>>;

/** A settings file of which a part could not be used; for that part defaults count. */
export interface SettingsProblem {
  readonly why: string;
  /** Where a copy of the file lies. */
  readonly keptAs: string | null;
}

export interface ComputerSettings {
  readonly app: AppSettings;
  readonly autostart: boolean;
  /** Whether this desktop has a tray. */
  readonly tray: boolean;
  readonly server: readonly ServerSetting[];
  /** Why the server's settings cannot be read. */
  readonly serverProblem: string | null;
  readonly restartNeeded: boolean;
  readonly problems: readonly SettingsProblem[];
  readonly appFile: string;
  readonly serverFile: string;
  readonly dataDir: string;
  /** `DATA_DIR` decides where the world lies. */
  readonly dataDirFixed: boolean;
}
