export function typesOf(path: string, source: string): string[];
export function twins(root: string): string[];
