/**
 * How both pages are built. Everything that is emitted lives under `/ui/`, so that pages, REST and sprite images
 * never collide; the server answers `/` with `dist/index.html` and `/admin/` with `dist/admin/index.html`.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const page = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm run dev` sends what only a server can answer. */
const server = "http://localhost:4000";

export default defineConfig({
  base: "/ui/",
  build: {
    target: "es2022",
    rolldownOptions: { input: { player: page("./index.html") } },
  },
  server: {
    proxy: {
      "/socket.io": { target: server, ws: true },
      "/auth": server,
      "/avatars": server,
      "/assets/sprites": server,
      "/static": server,
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
