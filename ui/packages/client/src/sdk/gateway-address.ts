/**
 * Which server the page talks to: the page's global, then the build's setting, then where the page came from.
 */

export interface GatewaySources {
  readonly fromPage: unknown;
  readonly fromBuild: unknown;
  readonly origin: string;
}

/** An absolute http(s) origin without a trailing slash. An unreadable setting counts as none. */
export function gatewayAddress({ fromPage, fromBuild, origin }: GatewaySources): string {
  return readable(fromPage, origin) ?? readable(fromBuild, origin) ?? origin;
}

function readable(value: unknown, origin: string): string | undefined {
  if (typeof value !== "string" || value.trim() === "") return undefined;
  try {
    const url = new URL(value.trim(), origin);
    if (url.protocol === "ws:") url.protocol = "http:";
    if (url.protocol === "wss:") url.protocol = "https:";
    return /^https?:$/.test(url.protocol) ? url.origin : undefined;
  } catch {
    return undefined;
  }
}
