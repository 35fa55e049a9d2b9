import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** A window with an address bar and nothing else. */
function windowAt(start: string) {
  let listener: (() => void) | null = null;
  const location = { hash: start };
  const go = (hash: string) => {
    location.hash = hash;
    listener?.();
  };
  return {
    go,
    location,
    history: {
      replaceState: (_state: unknown, _title: string, hash: string) => {
        location.hash = hash;
      },
    },
    addEventListener: (_event: string, run: () => void) => {
      listener = run;
    },
    removeEventListener: () => {
      listener = null;
    },
  };
}

let bar: ReturnType<typeof windowAt>;
let address: typeof import("./address");
beforeEach(async () => {
  vi.resetModules();
  bar = windowAt("#/settings");
  vi.stubGlobal("window", bar);
  address = await import("./address");
});
afterEach(() => vi.unstubAllGlobals());

test("an address counts once nobody objects, and is put back until then", () => {
  const seen: string[] = [];
  address.onAddress(() => seen.push(address.currentHash()));
  const letGo = address.objectTo((hash) => hash.startsWith("#/settings"));
  bar.go("#/players");
  expect([address.currentHash(), bar.location.hash]).toEqual(["#/settings", "#/settings"]);
  bar.go("#/settings?part=world");
  letGo();
  bar.go("#/players");
  expect(seen).toEqual(["#/settings?part=world", "#/players"]);
});

test("an address that changed while nobody listened is known when somebody does", () => {
  const stop = address.onAddress(() => {});
  stop();
  bar.location.hash = "#/chat";
  address.onAddress(() => {});
  expect(address.currentHash()).toBe("#/chat");
});
