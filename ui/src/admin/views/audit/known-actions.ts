/** Kinds of action this page has words for: every one there is. */
import { ACTION_NAMES } from "@comutiny/client/declarations";

export const KNOWN_ACTIONS = ACTION_NAMES;
export type KnownAction = (typeof KNOWN_ACTIONS)[number];
