/** Which bots and webhooks somebody made. */
import type { ServiceAccount, Webhook } from "../contract";

export interface Belongings {
  readonly bots: readonly ServiceAccount[];
  readonly hooks: readonly Webhook[];
}

export const NOTHING: Belongings = { bots: [], hooks: [] };

export function madeBy(id: string, bots: readonly ServiceAccount[], hooks: readonly Webhook[]): Belongings {
  const isTheirs = (it: ServiceAccount | Webhook) => it.createdBy.id === id;
  return { bots: bots.filter(isTheirs), hooks: hooks.filter(isTheirs) };
}
