/** Todo lo que dice la administración, en español. Habla de tú. */
import { common } from "./es/common";
import { moderation } from "./es/moderation";
import { views } from "./es/views";

export const es = { ...common, ...moderation, ...views };
