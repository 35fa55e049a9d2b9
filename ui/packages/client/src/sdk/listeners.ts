/** Who is told of what, by the event's name. */
export class Listeners<Events extends object> {
  private readonly byName = new Map<keyof Events, Set<(value: never) => void>>();

  /** Returns a way to hear no more of it. */
  on<Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void): () => void {
    const all = this.byName.get(name) ?? new Set();
    this.byName.set(name, all.add(listener));
    return () => void all.delete(listener);
  }

  /** In the order in which they came. */
  tell<Name extends keyof Events>(name: Name, value: Events[Name]): void {
    for (const listener of this.byName.get(name) ?? []) listener(value as never);
  }
}
