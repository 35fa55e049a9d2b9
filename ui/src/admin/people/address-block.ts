/**
 * An address or a block of addresses as a moderator writes it, and who of those present comes from there. Pure; the
 * server reads the same text again and decides.
 */
import ipaddr from "ipaddr.js";
import type { AdminSession } from "../contract";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

export interface AddressBlock {
  readonly base: Address;
  /** How many leading bits all its addresses share. */
  readonly prefix: number;
  /** In CIDR notation; a single IPv4 address stands alone. */
  readonly text: string;
  /** `null` for IPv6, where the number tells nobody anything. */
  readonly addresses: number | null;
}

export type ReadBlock =
  | { readonly kind: "empty" | "wrong" }
  /** Larger than a ban may be; `widest` is the prefix that may be. */
  | { readonly kind: "too-wide"; readonly widest: number }
  | { readonly kind: "block"; readonly block: AddressBlock };

/** Smallest prefixes a ban may have, from the contract: more would shut out most people. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const;
/** An IPv6 address stands for its network: the next one in it costs nothing. */
const IPV6_NETWORK = 64;
/** Bits before the IPv4 address in `::ffff:10.0.0.0/104`. */
const MAPPED_BITS = 96;

export function readBlock(typed: string): ReadBlock {
  const text = typed.trim();
  if (text === "") return { kind: "empty" };
  const [first = "", ...rest] = text.split("/").map((part) => part.trim());
  const address = readAddress(first);
  const length = rest.length === 0 ? null : rest.length === 1 ? readLength(rest[0] ?? "", first) : undefined;
  if (!address || length === undefined) return { kind: "wrong" };
  const bits = address.kind() === "ipv4" ? 32 : 128;
  if (length !== null && (length < 0 || length > bits)) return { kind: "wrong" };
  const widest = WIDEST[address.kind()];
  if (length !== null && length < widest) return { kind: "too-wide", widest };
  return { kind: "block", block: blockOf(address, Math.min(length ?? bits, networkBits(address))) };
}

/** Live sessions from there, those that a ban of an address spares apart: staff stay. */
export function sessionsIn(
  block: AddressBlock,
  sessions: Iterable<AdminSession>,
): { readonly hit: readonly AdminSession[]; readonly spared: readonly AdminSession[] } {
  const there = [...sessions].filter(({ address }) => holds(block, address));
  const isStaff = ({ role }: AdminSession) => role === "host" || role === "moderator";
  return { hit: there.filter((each) => !isStaff(each)), spared: there.filter(isStaff) };
}

function readAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!ipaddr.IPv6.isValid(text) || text.includes("%")) return null;
  return ipaddr.process(text);
}

/** The length behind the slash, counted in the bits of the address that is meant. */
function readLength(text: string, address: string): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const mapped = address.includes(":") && ipaddr.IPv6.parse(address).isIPv4MappedAddress();
  return Number(text) - (mapped ? MAPPED_BITS : 0);
}

const networkBits = (address: Address) => (address.kind() === "ipv4" ? 32 : IPV6_NETWORK);

function blockOf(address: Address, prefix: number): AddressBlock {
  const bytes = address.toByteArray().map((byte, i) => {
    const kept = Math.min(8, Math.max(0, prefix - i * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  const base = ipaddr.fromByteArray(bytes);
  const isIpv4 = address.kind() === "ipv4";
  const text = isIpv4 && prefix === 32 ? base.toString() : `${base.toString()}/${prefix}`;
  return { base, prefix, text, addresses: isIpv4 ? 2 ** (32 - prefix) : null };
}

function holds({ base, prefix }: AddressBlock, text: string): boolean {
  const address = readAddress(text.split("/")[0] ?? "");
  return address !== null && address.kind() === base.kind() && address.match(base, prefix);
}
