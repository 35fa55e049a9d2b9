/** Whether a player says of itself that it is a program. A statement, not a proof. Pure. */
import type { Player } from "../contract";
import { own } from "./fields";

export function isBot({ metadata }: Pick<Player, "metadata">): boolean {
  return own(metadata, "bot") === true;
}
