import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

const PACKAGE = dirname(createRequire(import.meta.url).resolve("@mantine/core/styles.css"));
const ADMIN = join(import.meta.dirname, "..");

/** What the pages import of it. */
function imported(): string[] {
  const files = readdirSync(ADMIN, { recursive: true, encoding: "utf8" });
  const sources = files
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(ADMIN, path), "utf8"));
  const lists = sources.flatMap((text) => [
    ...text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g),
    ...text.matchAll(/import \{([^}]*)\} from "@mantine\/notifications"/g),
  ]);
  return lists.flatMap(([, names]) => names?.match(/\b[A-Z]\w+/g) ?? []);
}

/** The style sheets of these components, and of those they are made of. */
function stylesOf(components: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = components.map((name) => join(PACKAGE, `esm/components/${name}/${name}.mjs`));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    for (const [, path] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g)) {
      waiting.push(join(dirname(file), path ?? ""));
    }
  }
  const sheets = [...seen].filter((file) => file.endsWith(".module.mjs"));
  return new Set(sheets.map((file) => basename(file, ".module.mjs")));
}

test("the styles of every component that the pages use are there, and no others", () => {
  const list = readFileSync(join(import.meta.dirname, "mantine.css"), "utf8");
  const there = [...list.matchAll(/styles\/([A-Z]\w+)\.layer\.css/g)].map(([, name]) => name);
  // Notifications, a package of its own, shows them in a Notification.
  expect(there.toSorted()).toEqual([...stylesOf([...imported(), "Notification"])].toSorted());
});
