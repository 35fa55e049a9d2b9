export const ORDER: Readonly<Record<string, readonly (string | readonly string[])[]>>;
export const SHARED: { readonly from: string; readonly to: string; readonly only: readonly string[] };
export function faultsOf(from: string, to: string): string[];
export function importsOf(path: string, source: string): string[];
export function check(root: string): string[];
