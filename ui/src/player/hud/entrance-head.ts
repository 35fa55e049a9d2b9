/**
 * The head of the entrance: the wordmark, which world this is and who keeps it, and at the right who is in already.
 */
import { lanternBadge } from "../brand/badge";
import { wordmark } from "../brand/brand";
import { el, show } from "../dom/element";
import type { Speech } from "../text/speech";
import { type Portraits, type Sitter, sitterKey } from "../view/portrait";

/** What one sees of the world from outside. */
export interface Sight {
  readonly world: string;
  readonly count: number;
  /** Some of those who are in; none where the world is closed. */
  readonly heads: readonly Sitter[];
  /** The name of the host, when one is in. */
  readonly host: string | null;
}

/** Portraits at the most. */
const MOST_HEADS = 4;
const PORTRAIT = 26;

export class EntranceHead {
  private readonly world = el("p", { class: "card-world" });
  private readonly heads = el("span", { class: "card-heads" });
  private readonly count = el("p", { class: "card-count" });
  private readonly people = el("div", { class: "card-people" }, this.heads, this.count);
  readonly element = el(
    "div",
    { class: "card-head" },
    el("div", { class: "card-brand" }, el("h1", {}, wordmark()), this.world),
    this.people,
  );
  private sight: Sight | null = null;
  private unreachable = false;
  private shown = "";

  constructor(
    private readonly speech: Speech,
    private readonly portraits: Portraits,
  ) {}

  /** `null` while the harbour is not in sight. */
  lookIn(sight: Sight | null): void {
    this.sight = sight;
    this.render();
  }

  outOfReach(unreachable: boolean): void {
    this.unreachable = unreachable;
    this.render();
  }

  /** It is asked several times a second: only what differs is made anew. */
  render(): void {
    const { sight, unreachable } = this;
    const heads = sight && !unreachable ? sight.heads.slice(0, MOST_HEADS) : [];
    const state = [this.speech.code, unreachable, sight?.world, sight?.count, sight?.host];
    const key = JSON.stringify([...state, ...heads.map(sitterKey)]);
    if (key === this.shown) return;
    this.shown = key;
    this.world.replaceChildren(...this.words());
    this.heads.replaceChildren(...heads.map((head) => this.portraits.head(head, PORTRAIT)));
    this.count.replaceChildren(...this.counted());
    show(this.heads, heads.length > 0);
    show(this.people, sight !== null && !unreachable);
  }

  private words(): (Node | string)[] {
    const { text } = this.speech;
    if (this.unreachable) return [text.harbourOutOfReach];
    if (!this.sight) return [text.reachingHarbour];
    const { world, host } = this.sight;
    if (world === "") return [];
    const name = el("strong", { dir: "auto" }, world);
    if (host === null) return [name];
    const keeper = el(
      "span",
      { class: "card-keeper" },
      lanternBadge(16),
      el("strong", { dir: "auto" }, host),
    );
    return [name, " ", text.keptBy, " ", keeper];
  }

  private counted(): (Node | string)[] {
    const { text } = this.speech;
    const count = this.sight?.count ?? 0;
    if (count === 0) return [text.nobodyHere];
    return [el("span", { class: "count" }, this.speech.number(count)), " ", text.peopleAreHere(count)];
  }
}
