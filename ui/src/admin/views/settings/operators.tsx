/** What only a restart changes: closed at first, with a search of its own. */
import { CaretDownIcon, CaretRightIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SettingView } from "../../contract";
import panel from "../../kit/panel.module.css";
import { SearchField } from "../../kit/search-field";
import { useKept } from "../../state/kept";
import { knownSection } from "../../text/known-settings";
import { sectionsOf } from "./sections";
import { FixedRow } from "./setting-row";
import classes from "./settings.module.css";

export interface OperatorsProps {
  readonly settings: readonly SettingView[];
  readonly matches: (setting: SettingView, text: string) => boolean;
}

export function Operators({ settings, matches }: OperatorsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useKept("settings.operators", false, (value) =>
    typeof value === "boolean" ? value : undefined,
  );
  const [text, setText] = useState("");
  const found = settings.filter((setting) => matches(setting, text));
  const Caret = open ? CaretDownIcon : CaretRightIcon;
  const sectionName = (name: string) => {
    const section = knownSection(name);
    return section ? t(`settings.section.${section}`) : name;
  };
  return (
    <section className={panel.panel} id="question-operators">
      <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Caret size={16} aria-hidden="true" />
        <b>{t("settings.operatorsMore", { count: settings.length })}</b>
        <span>{t("settings.operatorsHelp")}</span>
      </button>
      {open && (
        <>
          <div className={classes.find}>
            <SearchField value={text} onChange={setText} label={t("settings.find")} />
            <span>{t("settings.fixed")}</span>
          </div>
          {sectionsOf(found).map(({ name, settings: group }) => (
            <div key={name}>
              <h3 className={classes.section}>{sectionName(name)}</h3>
              {group.map((setting) => (
                <FixedRow key={setting.key} setting={setting} />
              ))}
            </div>
          ))}
        </>
      )}
    </section>
  );
}
