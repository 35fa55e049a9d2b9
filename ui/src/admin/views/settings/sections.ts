/** Settings under their headings: first what can be changed here, then the rest. Pure. */
import type { SettingView } from "../../contract";

export interface SettingsSection {
  readonly name: string;
  readonly editable: boolean;
  readonly settings: readonly SettingView[];
}

/** `world_name` as people write it. */
export function titleOf(key: string): string {
  const words = key.replaceAll("_", " ").replace(/\b(pin|jwt|url|cors|id)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function sectionsOf(settings: readonly SettingView[]): readonly SettingsSection[] {
  const sections = new Map<string, { name: string; editable: boolean; settings: SettingView[] }>();
  for (const editable of [true, false]) {
    for (const setting of settings) {
      if (setting.editable !== editable) continue;
      const key = `${editable} ${setting.section}`;
      const section = sections.get(key) ?? { name: setting.section, editable, settings: [] };
      section.settings.push(setting);
      sections.set(key, section);
    }
  }
  return [...sections.values()];
}
