/**
 * Where a call goes: its declared path with the names in it put in place.
 */
export interface Address {
  readonly method: string;
  readonly path: string;
}

export function pathOf({ path }: Address, names: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ""));
}
