export interface LockedPackage {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly tool: boolean;
}
export const SHIPPED: ReadonlySet<string>;
export const TOOLS: ReadonlySet<string>;
export function isMet(expression: string, allowed: ReadonlySet<string>): boolean;
export function packagesOf(lock: {
  readonly packages: Readonly<
    Record<
      string,
      { version?: string; license?: string; dev?: boolean; devOptional?: boolean; optional?: boolean }
    >
  >;
}): readonly LockedPackage[];
export function refused(packages: readonly LockedPackage[]): readonly string[];
