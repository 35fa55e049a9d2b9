/**
 * How both pages are built. Everything that is emitted lives under `/ui/`, so that pages, REST and sprite images
 * never collide; the server answers `/` with `dist/index.html` and `/admin/` with `dist/admin/index.html`.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defaultClientConditions, defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

const page = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The official client in the builds that other pages load from a Socket.IO server (`/socket.io/socket.io.js`). Each
 * carries its licence in its first lines.
 */
function officialClient(): Plugin {
  const directory = dirname(createRequire(import.meta.url).resolve("socket.io-client/dist/socket.io.js"));
  return {
    name: "official-client",
    generateBundle() {
      for (const fileName of ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js"]) {
        const source = readFileSync(join(directory, fileName));
        this.emitFile({ type: "asset", fileName: `socket.io/${fileName}`, source });
      }
    },
  };
}

/** Of the six weights that each icon comes in, the two that the pages do not draw. */
const UNUSED_WEIGHT = /\[\s*"(?:thin|light)",[\s\S]*?\n {2}\](?:,|(?=\n))/g;

/** Leaves them out: a third of what icons weigh. An icon that asks for one of them ends the build, not as an empty place. */
function iconWeights(): Plugin {
  return {
    name: "icon-weights",
    apply: "build",
    transform(code, id) {
      if (id.includes("@phosphor-icons/react/dist/defs/"))
        return { code: code.replace(UNUSED_WEIGHT, ""), map: null };
      if (/\.tsx$/.test(id) && /weight="(?:thin|light)"/.test(code)) {
        this.error(`${id}: icons come in regular, bold, fill and duotone.`);
      }
      return null;
    },
  };
}

/** The client package as it is written, not as it was built last. */
const SOURCE = "@comutiny/source";

/** Where `npm run dev` sends what only a server can answer. */
const server = process.env.COMUTINY_SERVER_URL ?? "http://localhost:4000";

/** `/admin/...` is REST, but for the page itself and its modules. */
const ADMIN_REST = "^/admin/(?!$|\\?|index\\.html)";

export default defineConfig({
  base: "/ui/",
  plugins: [iconWeights(), react(), officialClient()],
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
  build: {
    target: "es2022",
    // Browsers of that target know it, but for some Safaris, which then fetch a little later.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { player: page("./index.html"), admin: page("./admin/index.html") } },
  },
  server: {
    proxy: {
      "/socket.io": { target: server, ws: true },
      "/auth": server,
      "/avatars": server,
      "/assets/sprites": server,
      "/static": server,
      [ADMIN_REST]: server,
    },
  },
  test: { environment: "node", include: ["{src,packages/client/src}/**/*.test.{ts,tsx}", "build/*.test.ts"] },
});
