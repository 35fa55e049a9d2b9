// A proxy in front of a server that does to websockets what some proxies and virus scanners do.

import { request as ask, createServer } from "node:http";
import { connect } from "node:net";

const HEAD_ENDS = "\r\n\r\n";

/**
 * What becomes of a websocket whose 101 came through. `close` and `mute` let nothing else through; `close-later` closes it at
 * the first frame of the browser, when the server's first packet has arrived.
 */
const AFTER_THE_101 = {
  close: ({ browser }) => browser.destroy(),
  mute: () => {},
  "close-later": ({ browser, server }) => {
    server.on("data", (bytes) => browser.write(bytes));
    browser.once("data", () => browser.destroy());
  },
  pass: ({ browser, server }) => browser.pipe(server).pipe(browser),
};

/** Listens on a free port in front of `port`. `websockets` counts the handshakes that were asked for. */
export async function proxyTo(port, kind) {
  const proxy = { websockets: 0, kind };
  const web = createServer((request, response) => {
    const passed = ask({
      port,
      host: "127.0.0.1",
      path: request.url,
      method: request.method,
      headers: request.headers,
    });
    passed.on("response", (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    response.on("close", () => passed.destroy());
    request.pipe(passed);
  });
  const open = new Set();
  web.on("upgrade", (request, browser) => {
    proxy.websockets += 1;
    const server = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [browser, server],
      [server, browser],
    ]) {
      open.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
    const lines = request.rawHeaders.flatMap((name, at, all) =>
      at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : [],
    );
    server.write([`GET ${request.url} HTTP/1.1`, ...lines].join("\r\n") + HEAD_ENDS);
    let head = Buffer.alloc(0);
    server.on("data", function pass(bytes) {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf(HEAD_ENDS);
      if (end < 0) return;
      server.off("data", pass);
      browser.write(head.subarray(0, end + HEAD_ENDS.length));
      server.unshift(head.subarray(end + HEAD_ENDS.length));
      AFTER_THE_101[proxy.kind]({ browser, server });
    });
  });
  await new Promise((resolve) => web.listen(0, "127.0.0.1", resolve));
  proxy.url = `http://localhost:${web.address().port}`;
  proxy.close = () => {
    web.close();
    web.closeAllConnections();
    for (const socket of open) socket.destroy();
  };
  return proxy;
}
