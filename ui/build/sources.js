/** The pages' sources, for what lints them. */
import { readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

/** Every TypeScript file below `root`'s `src`, by its path from `root`, in order. */
export function sourcesIn(root) {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && [".ts", ".tsx"].includes(extname(entry.name)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
