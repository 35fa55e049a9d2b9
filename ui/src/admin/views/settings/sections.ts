/** Settings under their headings: first what can be changed here, then the rest. Pure. */
import type { SettingView } from "../../contract";

export interface SettingsSection {
  readonly name: string;
  readonly editable: boolean;
  readonly settings: readonly SettingView[];
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
