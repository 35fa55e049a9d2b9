/** The platform this page runs on. */
import { browser } from "./browser";
import type { Platform } from "./platform";
import { isDesktop, tauri } from "./tauri";

export type {
  AppSettings,
  Computer,
  ComputerSettings,
  FileToSave,
  HostFailure,
  HostState,
  MovedWorld,
  PickedFile,
  PickRequest,
  Platform,
  SavedBackup,
  Scheme,
  ServerChanges,
  ServerControl,
  ServerSetting,
  SettingsProblem,
  UpdateNotice,
  WorldContents,
} from "./platform";

export const platform: Platform = isDesktop() ? tauri : browser;
