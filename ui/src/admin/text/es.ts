/** Todo lo que dice la administración, en español. Habla de tú. */
import { common } from "./es/common";
import { host } from "./es/host";
import { keeping } from "./es/keeping";
import { loadtest } from "./es/loadtest";
import { moderation } from "./es/moderation";
import { views } from "./es/views";

export const es = { ...common, ...host, ...moderation, ...keeping, ...loadtest, ...views };
