import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check, faultsOf, importsOf } from "./import-order.js";
import { twins } from "./type-names.js";

describe("an arrow", () => {
  const allowed = (from: string, to: string) => expect(faultsOf(from, to), `${from} -> ${to}`).toEqual([]);
  const refused = (from: string, to: string) =>
    expect(faultsOf(from, to), `${from} -> ${to}`).toHaveLength(1);

  test("leads down, never up", () => {
    allowed("packages/client/src/sdk/session.ts", "packages/client/src/contract/index");
    refused("packages/client/src/contract/index.ts", "packages/client/src/sdk/session");
    refused("src/player/hud/chat.ts", "src/admin/kit/page");
    allowed("src/admin/shell/shell.tsx", "src/admin/kit/page");
    refused("src/admin/kit/page.tsx", "src/admin/shell/shell");
  });
  test("does not lead to a neighbour", () => {
    refused("src/platform/index.ts", "src/player/page");
    refused("src/admin/views/chat/chat.tsx", "src/admin/views/logs/logs");
    refused("src/admin/gate/gate.tsx", "src/admin/shell/shell");
  });
  test("does not lead into or out of the client package by a path", () => {
    refused("packages/client/src/sdk/session.ts", "src/player/page");
    refused("src/player/page.ts", "packages/client/src/sdk/session");
  });
  test("inside a folder is nobody's business", () =>
    allowed("src/admin/views/chat/chat.tsx", "src/admin/views/chat/live-chat"));
  test("from the administration to the player page leads to how the world looks", () => {
    allowed("src/admin/people/portrait.tsx", "src/player/art/person");
    refused("src/admin/people/portrait.tsx", "src/player/hud/chat");
  });
  test("needs two folders that have a place", () => {
    refused("src/admin/novelty/a.ts", "src/admin/kit/page");
    refused("src/admin/views/novelty/a.tsx", "src/admin/views/chat/chat");
  });
});

test("imports, types, exports from elsewhere and lazy ones are arrows; a text that looks like one is none", () => {
  const source = `
    import "./a.css";
    import type { B } from "./b";
    import { C } from "./c";
    export { D } from "./d";
    export * from "./e";
    const lazy = () => import("./f");
    const text = 'import { G } from "./g"';
  `;
  expect(importsOf("x.ts", source).sort()).toEqual(["./a.css", "./b", "./c", "./d", "./e", "./f"]);
});

describe("a tree", () => {
  let root = "";
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "order-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function plant(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, source] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), source);
    }
  }

  test("names the file, what it imports and why not", async () => {
    const files = {
      "src/player/page.ts": 'import { shell } from "../admin/shell";\nimport "../languages";\n',
      "src/admin/shell.ts": 'import "../player/map/walk";\nexport const shell = 1;\n',
    };
    await plant(files);
    expect(check(root)).toEqual([
      "src/player/page.ts imports ../admin/shell: src/player stands below or beside src/admin and does not know it.",
    ]);
  });

  test("has no folder without a place, whether somebody imports it or not", async () => {
    await plant({ "src/admin/novelty/a.ts": "export const a = 1;\n" });
    expect(check(root)).toEqual([
      "src/admin/novelty/a.ts: src/admin/novelty has no place in the order of folders (build/import-order.js).",
    ]);
  });

  test("has no type twice, but for what the contract reads more strictly", async () => {
    await plant({
      "packages/client/src/contract/generated/contract.ts":
        "export type Player = { id: string };\nexport type Actor = string;\n",
      "packages/client/src/contract/index.ts": "export type Player = { readonly id: string };\n",
      "src/player/actors.ts": "export interface Actor {}\nexport const Player = 1;\n",
      "src/player/cast.ts": "export class Cast {}\n",
      "src/admin/cast.ts":
        'export type Cast = 1;\nexport type { Player } from "@comutiny/client/contract";\n',
    });
    expect(twins(root)).toEqual([
      "Actor is exported by packages/client/src/contract/generated/contract.ts and src/player/actors.ts: one of them needs another name.",
      "Cast is exported by src/admin/cast.ts and src/player/cast.ts: one of them needs another name.",
    ]);
  });
});
