/** What was typed into the server's settings and not saved yet. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Computer, ServerChanges, ServerSetting } from "../../../platform";
import { complain, notify } from "../../kit/use-done";

export interface ServerDrafts {
  /** What the field shows. */
  valueOf(setting: ServerSetting): string;
  problemOf(setting: ServerSetting): string | undefined;
  /** `null` goes back to the default. */
  put(setting: ServerSetting, value: string | null): void;
  readonly count: number;
  readonly busy: boolean;
  discard(): void;
  save(): Promise<void>;
}

export function useDrafts(
  computer: Computer,
  settings: readonly ServerSetting[],
  onSaved: () => void,
): ServerDrafts {
  const { t } = useTranslation();
  const [drafts, setDrafts] = useState<ServerChanges>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const changes = changesOf(settings, drafts);
  const discard = () => {
    setDrafts({});
    setProblems({});
  };
  return {
    valueOf: (setting) => shownOf(setting, drafts[setting.key]),
    problemOf: ({ key }) => problems[key],
    put: ({ key }, value) => setDrafts((before) => ({ ...before, [key]: value })),
    count: Object.keys(changes).length,
    busy,
    discard,
    save: async () => {
      setBusy(true);
      const refused = await computer.saveServer(changes);
      setBusy(false);
      setProblems(refused);
      const [first] = Object.values(refused);
      if (first !== undefined) {
        complain(refused[""] ?? first);
        return;
      }
      discard();
      notify(t("computer.savedRestart"));
      onSaved();
    },
  };
}

/** The draft, else what is in force. A secret is never shown, only typed anew. */
export function shownOf(setting: ServerSetting, draft: string | null | undefined): string {
  if (draft === undefined) return setting.secret ? "" : setting.value;
  return draft ?? setting.default;
}

/** What has to be written: only what differs from the file. */
export function changesOf(settings: readonly ServerSetting[], drafts: ServerChanges): ServerChanges {
  const entries = settings.flatMap((setting): [string, string | null][] => {
    const draft = drafts[setting.key];
    if (draft === undefined) return [];
    if (draft === null) return setting.changed ? [[setting.key, null]] : [];
    if (setting.secret) return draft === "" ? [] : [[setting.key, draft]];
    return draft === setting.value ? [] : [[setting.key, draft]];
  });
  return Object.fromEntries(entries);
}
