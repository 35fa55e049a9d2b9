/**
 * One name means one thing: no two files export a type, class or enum of the same name.
 *
 * `contract/index.ts` of the client package may read a generated type more strictly under its own name: pages see that one alone.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { sourcesIn } from "./sources.js";

const GENERATED = "packages/client/src/contract/generated/";
const STRICTER = "packages/client/src/contract/index.ts";

/** Names of types that a module declares and exports. */
export function typesOf(path, source) {
  return parseSync(path, source).program.body.flatMap(({ type, declaration }) =>
    type === "ExportNamedDeclaration" && /^(TS|Class)/.test(declaration?.type ?? "") && declaration.id
      ? [declaration.id.name]
      : [],
  );
}

/** A sentence for every name that stands twice. */
export function twins(root) {
  const places = new Map();
  for (const file of sourcesIn(root))
    for (const name of typesOf(file, readFileSync(join(root, file), "utf8")))
      places.set(name, [...(places.get(name) ?? []), file]);
  return [...places]
    .map(([name, files]) => [name, files.includes(STRICTER) ? files.filter(isWritten) : files])
    .filter(([, files]) => files.length > 1)
    .map(([name, files]) => `${name} is exported by ${files.join(" and ")}: one of them needs another name.`);
}

const isWritten = (file) => !file.startsWith(GENERATED);
