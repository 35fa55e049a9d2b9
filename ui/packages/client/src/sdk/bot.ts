/** Whether a player says of itself that it is a program. A statement, not a proof. Pure. */
import type { Player } from "../contract/index.js";
import { own } from "./fields.js";

export function isBot({ metadata }: Pick<Player, "metadata">): boolean {
  return own(metadata, "bot") === true;
}
