/** Everything the administration says, in English. Its type is the one every other language has to fill. */
import { common } from "./en/common";
import { host } from "./en/host";
import { keeping } from "./en/keeping";
import { loadtest } from "./en/loadtest";
import { moderation } from "./en/moderation";
import { views } from "./en/views";

export const en = { ...common, ...host, ...moderation, ...keeping, ...loadtest, ...views };

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** A language other than English. */
export type Dictionary<T> = Words<T>;
