/**
 * How both pages are built. Everything that is emitted lives under `/ui/`, so that pages, REST and sprite images
 * never collide; the server answers `/` with `dist/index.html` and `/admin/` with `dist/admin/index.html`.
 */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const page = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm run dev` sends what only a server can answer. */
const server = process.env.COMUTINY_SERVER_URL ?? "http://localhost:4000";

/** `/admin/...` is REST, but for the page itself and its modules. */
const ADMIN_REST = "^/admin/(?!$|\\?|index\\.html)";

export default defineConfig({
  base: "/ui/",
  plugins: [react()],
  build: {
    target: "es2022",
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
  test: { environment: "node", include: ["src/**/*.test.ts", "src/**/*.test.tsx", "build/*.test.ts"] },
});
