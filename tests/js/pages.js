// The built pages on an address of their own, as somebody would host them apart from the gateway.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = process.env.DIST ?? fileURLToPath(new URL("../../ui/dist/", import.meta.url));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

/** Listens on a free port. `answers` maps a path to JSON that is answered there. Answers `{url, web, close}`. */
export async function servePages(answers = {}) {
  const web = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://pages");
    if (pathname in answers) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answers[pathname]));
      return;
    }
    const file = pathname === "/" ? "index.html" : normalize(pathname.replace(/^\/ui\//, ""));
    readFile(join(DIST, file)).then(
      (content) => {
        response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => web.listen(0, "127.0.0.1", resolve));
  const close = () => {
    web.close();
    web.closeAllConnections();
  };
  return { url: `http://localhost:${web.address().port}`, web, close };
}
