/** Holds the requests of this folder against the declared ones. Nothing runs here. */
import type { AdminCallName } from "@comutiny/client/contract";
import type * as calls from "./calls";
import type * as files from "./files";
import type * as lists from "./lists";

/** What the live feed brings anyway. */
type FromFeed = "heldLines" | "kickPlayer" | "nodes" | "reasons" | "sessionDetail" | "sessions" | "stats";

type Here = keyof typeof calls | keyof typeof files | keyof typeof lists;

/** Does not compile while a call of the administration is nowhere: its name is what is missing here. */
export const NONE_MISSING: Record<Exclude<AdminCallName, FromFeed | Here>, never> = {};
