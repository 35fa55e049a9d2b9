/** What was typed into the settings and not saved yet. Pure. */
import type { SettingView } from "../../contract";

export type SettingValue = string | number | boolean | null;
export type SettingDrafts = Readonly<Record<string, SettingValue>>;

/** What the field shows: the draft, else what is in force. */
export function draftOf(
  setting: Pick<SettingView, "value" | "default">,
  draft: SettingValue | undefined,
): SettingValue {
  if (draft === undefined) return setting.value;
  return draft === null ? setting.default : draft;
}

/** What has to be sent: only what differs. `null` gives a setting back to file, environment and default. */
export function valuesOf(
  settings: readonly SettingView[],
  drafts: SettingDrafts,
): Readonly<Record<string, SettingValue>> {
  const changed = settings.filter(({ key, value, source, secret }) => {
    const draft = drafts[key];
    if (draft === undefined) return false;
    if (draft === null) return source === "database";
    return secret || draft !== (value ?? "");
  });
  return Object.fromEntries(changed.map(({ key }) => [key, drafts[key] ?? null]));
}
