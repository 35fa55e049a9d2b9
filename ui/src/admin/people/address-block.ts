/**
 * An address or a block of addresses as a moderator writes it, and who of those present comes from there. Pure; the
 * server reads the same text again and decides.
 */
import { Address4, Address6 } from "ip-address";
import type { AdminSession } from "../contract";

interface Address {
  readonly kind: "ipv4" | "ipv6";
  readonly value: bigint;
}

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
/** Bits before the IPv4 address in `::ffff:10.0.0.0/104`, and what they are. */
const MAPPED_BITS = 96;
const MAPPED = 0xffffn;

export function readBlock(typed: string): ReadBlock {
  const text = typed.trim();
  if (text === "") return { kind: "empty" };
  const [first = "", ...rest] = text.split("/").map((part) => part.trim());
  const address = readAddress(first);
  const length = rest.length === 0 ? null : rest.length === 1 ? readLength(rest[0] ?? "", first) : undefined;
  if (!address || length === undefined) return { kind: "wrong" };
  const bits = address.kind === "ipv4" ? 32 : 128;
  if (length !== null && (length < 0 || length > bits)) return { kind: "wrong" };
  const widest = WIDEST[address.kind];
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
  if (/^\d+(\.\d+){3}$/.test(text) && Address4.isValid(text)) {
    return { kind: "ipv4", value: new Address4(text).bigInt() };
  }
  if (/[%/]/.test(text) || !Address6.isValid(text)) return null;
  const value = new Address6(text).bigInt();
  return value >> 32n === MAPPED ? { kind: "ipv4", value: value & 0xffff_ffffn } : { kind: "ipv6", value };
}

/** The length behind the slash, counted in the bits of the address that is meant. */
function readLength(text: string, address: string): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const isMapped = address.includes(":") && readAddress(address)?.kind === "ipv4";
  return Number(text) - (isMapped ? MAPPED_BITS : 0);
}

const networkBits = (address: Address) => (address.kind === "ipv4" ? 32 : IPV6_NETWORK);

/** The address with all bits behind the prefix at zero. */
function beginOf({ kind, value }: Address, prefix: number): bigint {
  const rest = BigInt((kind === "ipv4" ? 32 : 128) - prefix);
  return (value >> rest) << rest;
}

function blockOf(address: Address, prefix: number): AddressBlock {
  const base = { kind: address.kind, value: beginOf(address, prefix) };
  const isIpv4 = address.kind === "ipv4";
  const first = (isIpv4 ? Address4 : Address6).fromBigInt(base.value).correctForm();
  const text = isIpv4 && prefix === 32 ? first : `${first}/${prefix}`;
  return { base, prefix, text, addresses: isIpv4 ? 2 ** (32 - prefix) : null };
}

function holds({ base, prefix }: AddressBlock, text: string): boolean {
  const address = readAddress(text.split("/")[0] ?? "");
  return address !== null && address.kind === base.kind && beginOf(address, prefix) === base.value;
}
