export { type BatchChange, type BatchResult, decodeBatch } from "./decode";
export type { BatchError } from "./types";
