/** Whose drawer is open beside a list: kept in the address, so that "back" closes it and a reload keeps it. */
import { useCallback } from "react";
import type { PersonKind, PersonRef } from "../contract";
import { goTo, useRoute } from "./use-route";

const KINDS: readonly PersonKind[] = ["account", "guest"];

export function usePerson(): readonly [PersonRef | null, (person: PersonRef | null) => void] {
  const { view, item, query } = useRoute();
  const [kindText, ...rest] = (query.person ?? "").split(":");
  const kind = KINDS.find((each) => each === kindText);
  const subject = rest.join(":");
  const person = kind && subject !== "" ? { kind, subject } : null;
  const choose = useCallback(
    (chosen: PersonRef | null) => {
      const { person: _, ...rest } = query;
      const named = chosen && { person: `${chosen.kind}:${chosen.subject}` };
      goTo({ view, item, query: { ...rest, ...named } }, "replace");
    },
    [view, item, query],
  );
  return [person, choose];
}
