export interface Fingerprint {
  (folder: string, apart?: RegExp): Promise<string>;
  of(text: string): string;
}
export const fingerprint: Fingerprint;
export function filesIn(folder: string, apart?: RegExp): Promise<readonly string[]>;
export function sync(from: string, to: string): Promise<void>;
export function readStamp(path: string): Promise<Readonly<Record<string, unknown>>>;
export function writeStamp(path: string, stamp: Readonly<Record<string, unknown>>): Promise<void>;
