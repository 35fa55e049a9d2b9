/**
 * The address bar: where the page is, and who objects to leaving.
 *
 * A browser changes the address first and fires its event afterwards, and its listeners run in the order in which they came. So
 * there is one listener, and an address counts once nobody objected to it; until then it is put back.
 */

/** Whether this address may be gone to. Whoever objects says so in a way of their own. */
export type Objection = (hash: string) => boolean;

let accepted: string | null = null;
const listeners = new Set<() => void>();
const objections = new Set<Objection>();

/** The part of the address that names the view, with its `#`. */
export function currentHash(): string {
  accepted ??= window.location.hash;
  return accepted;
}

/** Runs after every change of address. The answer ends that. */
export function onAddress(listener: () => void): () => void {
  if (listeners.size === 0) {
    accepted = window.location.hash;
    window.addEventListener("hashchange", changed);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("hashchange", changed);
  };
}

/** Is asked before the address changes; `false` keeps it. The answer ends that. */
export function objectTo(objection: Objection): () => void {
  objections.add(objection);
  return () => objections.delete(objection);
}

function changed(): void {
  const { hash } = window.location;
  const before = currentHash();
  if (hash === before) return;
  if ([...objections].some((mayGo) => !mayGo(hash))) {
    window.history.replaceState(null, "", before);
    return;
  }
  accepted = hash;
  for (const listener of listeners) listener();
}
