/**
 * What this browser did before, so that nobody is told twice how to walk.
 */
import type { KeptValues } from "@comutiny/client";
import type { Learned } from "./hud/hint";

const KEY = "comutiny.learned";
const KNOWN: readonly Learned[] = ["walk", "speak"];

export class LearnedKept {
  constructor(private readonly storage: KeptValues | null) {}

  get current(): readonly Learned[] {
    try {
      const kept = (this.storage?.getItem(KEY) ?? "").split(" ");
      return KNOWN.filter((each) => kept.includes(each));
    } catch {
      return [];
    }
  }

  keep(learned: readonly Learned[]): void {
    try {
      this.storage?.setItem(KEY, learned.join(" "));
    } catch {
      // Full or forbidden: the hint comes again next time.
    }
  }
}
