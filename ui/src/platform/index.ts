/** The platform this page runs on. */
import { browser } from "./browser";
import type { Platform } from "./platform";

export type { FileToSave, HostState, PickedFile, PickRequest, Platform, ServerControl } from "./platform";

export const platform: Platform = browser;
