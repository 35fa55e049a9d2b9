/**
 * The link one was invited by: it may carry the PIN of the world, as in `/#pin=1234`.
 */

/** The PIN of a link, `null` when it has none, and the link without it. What else the hash says stays. */
export function withoutPin(link: string): { readonly pin: string | null; readonly address: string } {
  const url = new URL(link);
  const fields = new URLSearchParams(url.hash.slice(1));
  const pin = fields.get("pin");
  if (pin === null) return { pin: null, address: link };
  fields.delete("pin");
  url.hash = fields.toString();
  return { pin: pin.trim() || null, address: url.href };
}
