export { type BatchChange, type BatchResult, decodeBatch } from "./decode.js";
export { isStreamed, StreamDecoder } from "./stream.js";
export type { BatchError } from "./types.js";
