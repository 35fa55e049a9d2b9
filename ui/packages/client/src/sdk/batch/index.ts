export { type BatchChange, type BatchResult, decodeBatch } from "./decode";
export { isStreamed, StreamDecoder } from "./stream";
export type { BatchError } from "./types";
