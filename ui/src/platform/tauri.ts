/**
 * The administration in the desktop window. The only file that knows Tauri: every call below is a command of
 * `src-tauri`, allowed to this window alone.
 */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { isLanguage } from "../languages";
import type {
  AppSettings,
  Computer,
  ComputerSettings,
  FileToSave,
  HostState,
  PickedFile,
  PickRequest,
  Platform,
  ServerChanges,
  ServerControl,
  SettingsProblem,
  UpdateNotice,
} from "./platform";

/** Carries every new `HostState`. */
const STATE_EVENT = "host:state";
/** Carries a newer version, or `null` when it is none any more. */
const UPDATE_EVENT = "update:found";

/** Every start of the server has a token of its own. */
interface HostReport {
  readonly state: HostState;
  readonly token: string;
}

interface Opened extends HostReport {
  readonly language: AppSettings["language"];
  readonly theme: AppSettings["theme"];
  readonly problems: readonly SettingsProblem[];
  readonly version: string;
  readonly update: UpdateNotice | null;
}

/** Whether this page is shown by the desktop program. */
export function isDesktop(): boolean {
  return "__TAURI_INTERNALS__" in globalThis;
}

const listeners = new Set<() => void>();
const schemeListeners = new Set<() => void>();
const updateListeners = new Set<() => void>();
let opened: Opened = {
  token: "",
  state: { kind: "starting" },
  language: "system",
  theme: "system",
  problems: [],
  version: "",
  update: null,
};
/** Where the server was reached last; asked for while it restarts, too. */
let gateway = "http://localhost:4000";

function become({ state, token }: HostReport): void {
  opened = { ...opened, state, token };
  if (state.kind === "running") gateway = state.gateway;
  for (const listener of listeners) listener();
}

function learnOf(update: UpdateNotice | null): void {
  opened = { ...opened, update };
  for (const listener of updateListeners) listener();
}

async function open(): Promise<void> {
  // Listening first: nothing that happens in between is missed.
  await listen<HostReport>(STATE_EVENT, ({ payload }) => become(payload));
  await listen<UpdateNotice | null>(UPDATE_EVENT, ({ payload }) => learnOf(payload));
  opened = await invoke<Opened>("desktop_open");
  become(await invoke<HostReport>("desktop_open"));
}

const server: ServerControl = {
  state: () => opened.state,
  subscribe: (listener) => subscribeTo(listeners, listener),
  start: (port) => invoke("host_start", { port: port ?? null }),
  stop: () => invoke("host_stop"),
  restart: () => invoke("host_restart"),
};

const computer: Computer = {
  get version() {
    return opened.version;
  },
  update: () => opened.update,
  onUpdate: (listener) => subscribeTo(updateListeners, listener),
  settings: () => invoke<ComputerSettings>("settings_read"),
  async saveApp(settings, autostart) {
    await invoke("app_settings_set", { settings, autostart });
    const { language, theme } = settings;
    opened = { ...opened, language, theme };
    for (const listener of schemeListeners) listener();
  },
  async saveServer(changes: ServerChanges) {
    try {
      await invoke("server_settings_set", { changes });
      return {};
    } catch (refused) {
      return refused as Readonly<Record<string, string>>;
    }
  },
  problems: () => opened.problems,
  async dismissProblems() {
    await invoke("settings_dismiss_problems");
    opened = { ...opened, problems: [] };
  },
  openDataFolder: () => asked("data_folder_open"),
  moveWorld: () => asked("data_folder_move"),
  chooseDataFolder: () => asked("data_folder_choose"),
  backUp: () => asked("backup_save"),
  restore: () => asked("backup_restore"),
  saveDiagnostics: () => asked("diagnostics_save"),
  openLogFolder: () => asked("logs_folder_open"),
  logTail: () => asked("logs_tail"),
  quit: () => asked("quit"),
};

export const tauri: Platform = {
  kind: "desktop",
  open,
  language: () => (opened.language === "system" ? null : opened.language),
  keepLanguage: (language) => void keepLanguage(language),
  scheme: () => (opened.theme === "system" ? "auto" : opened.theme),
  onScheme: (listener) => subscribeTo(schemeListeners, listener),
  gateway: () => gateway,
  sessionToken: () => opened.token,
  saveFile,
  pickFile,
  copy: (text) => invoke<boolean>("clipboard_write", { text }),
  openLink: (url) => void asked("link_open", { url }),
  server,
  computer,
};

function subscribeTo(all: Set<() => void>, listener: () => void): () => void {
  all.add(listener);
  return () => all.delete(listener);
}

/** Commands reject with a sentence; the page expects errors. */
async function asked<T>(command: string, given?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, given);
  } catch (sentence) {
    throw new Error(String(sentence));
  }
}

async function keepLanguage(language: string): Promise<void> {
  if (!isLanguage(language)) return;
  const { app, autostart } = await computer.settings();
  await computer.saveApp({ ...app, language }, autostart);
}

async function saveFile({ name, content }: FileToSave): Promise<boolean> {
  const body = new Uint8Array(await content.arrayBuffer());
  try {
    return await invoke<boolean>("file_save", body, { headers: { "x-file-name": encodeURIComponent(name) } });
  } catch (sentence) {
    throw new Error(String(sentence));
  }
}

async function pickFile({ accept }: PickRequest): Promise<PickedFile | null> {
  const picked = await asked<{ name: string; content: string } | null>("file_pick", { accept });
  if (!picked) return null;
  const bytes = Uint8Array.from(atob(picked.content), (letter) => letter.charCodeAt(0));
  return { name: picked.name, content: new Blob([bytes], { type: accept }) };
}
