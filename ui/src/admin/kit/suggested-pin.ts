/** Six digits that nobody guesses in the tries a server allows, and everybody can say. */
export function suggestedPin(random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0): string {
  return String(random % 1_000_000).padStart(6, "0");
}
