/**
 * Who this browser is when nobody is logged in: a random player id, the name last used, the guest secret, the PIN.
 *
 * It is handed its storage and knows no page. Storage that is missing, full or forbidden costs the memory across visits
 * and nothing else: the same values then live as long as the tab.
 */
import type { KeptValues } from "./kept-values.js";

const KEYS = {
  playerId: "comutiny.playerId",
  name: "comutiny.name",
  guestToken: "comutiny.guestToken",
  pin: "comutiny.pin",
} as const;

export class Identity {
  private readonly tab = new Map<string, string>();

  constructor(
    private readonly storage: KeptValues | null,
    private readonly randomId: () => string,
  ) {}

  get playerId(): string {
    return this.read(KEYS.playerId) ?? this.renew();
  }

  /** A new random id, for when another visitor already walks under the old one. */
  renew(): string {
    const id = `guest-${this.randomId()}`;
    this.write(KEYS.playerId, id);
    return id;
  }

  get name(): string {
    return this.read(KEYS.name) ?? "";
  }

  set name(name: string) {
    this.write(KEYS.name, name);
  }

  get guestToken(): string | undefined {
    return this.read(KEYS.guestToken);
  }

  set guestToken(token: string | undefined) {
    if (token !== undefined) this.write(KEYS.guestToken, token);
  }

  /** The PIN this world last asked for; empty when there is none. */
  get pin(): string {
    return this.read(KEYS.pin) ?? "";
  }

  set pin(pin: string) {
    this.write(KEYS.pin, pin);
  }

  /** The tab's own value wins: what could not be stored is still what this tab uses. */
  private read(key: string): string | undefined {
    const inTab = this.tab.get(key);
    if (inTab !== undefined) return inTab;
    try {
      return this.storage?.getItem(key) || undefined;
    } catch {
      return undefined;
    }
  }

  private write(key: string, value: string): void {
    this.tab.set(key, value);
    try {
      this.storage?.setItem(key, value);
    } catch {
      // Full or forbidden: the tab's copy serves.
    }
  }
}

/** Random id that needs no secure context: plain-http LAN pages have no `crypto.randomUUID`. */
export function randomId(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  return Array.from(random(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
