/** What an action noted, in one line. Pure. */

const LONGEST = 160;

export function detailsText(details: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(details).flatMap(([key, value]) => {
    const text = valueText(value);
    if (text === "") return [];
    return key === "reason" || key === "message" || key === "text" ? [text] : [`${key}: ${text}`];
  });
  const line = parts.join(", ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (Array.isArray(value)) return value.map(valueText).filter(Boolean).join(" ");
  if (typeof value === "object") {
    return Object.entries(value)
      .flatMap(([key, inner]) => {
        const text = valueText(inner);
        return text === "" ? [] : [`${key} ${text}`];
      })
      .join(" ");
  }
  return String(value);
}
