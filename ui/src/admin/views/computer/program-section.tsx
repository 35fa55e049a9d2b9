/** How the program looks, starts, closes, and when it speaks up. */
import { SegmentedControl, Select } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES } from "../../../languages";
import type { AppSettings, ComputerSettings } from "../../../platform";
import { FormRow, FormSection, SwitchRow } from "./rows";
import type { ComputerState } from "./use-computer";

export interface ProgramSectionProps {
  readonly settings: ComputerSettings;
  readonly state: ComputerState;
}

export function ProgramSection({ settings, state }: ProgramSectionProps) {
  const { t } = useTranslation();
  const languageId = useId();
  const { app, tray, autostart } = settings;
  const change = (to: Partial<AppSettings>) => void state.change(to);
  return (
    <>
      <FormSection title={t("computer.program")}>
        <FormRow name={t("computer.language")} htmlFor={languageId}>
          <Select
            id={languageId}
            w={180}
            allowDeselect={false}
            value={app.language}
            data={[
              { value: "system", label: t("computer.languageSystem") },
              ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
            ]}
            onChange={(language) => change({ language: language as AppSettings["language"] })}
          />
        </FormRow>
        <FormRow name={t("computer.theme")}>
          <SegmentedControl
            aria-label={t("computer.theme")}
            value={app.theme}
            data={[
              { value: "system", label: t("computer.themeSystem") },
              { value: "light", label: t("computer.themeLight") },
              { value: "dark", label: t("computer.themeDark") },
            ]}
            onChange={(theme) => change({ theme: theme as AppSettings["theme"] })}
          />
        </FormRow>
        <SwitchRow
          name={t("computer.startServer")}
          checked={app.start_server}
          onChange={(start_server) => change({ start_server })}
        />
        <SwitchRow
          name={t("computer.autostart")}
          help={t("computer.autostartHelp")}
          checked={autostart}
          onChange={(on) => void state.autostart(on)}
        />
        <SwitchRow
          name={t("computer.startHidden")}
          help={tray ? undefined : t("computer.needsTray")}
          checked={app.start_hidden}
          disabled={!tray}
          onChange={(start_hidden) => change({ start_hidden })}
        />
        <SwitchRow
          name={t("computer.closeToTray")}
          help={t(tray ? "computer.closeToTrayHelp" : "computer.closeToTrayNone")}
          checked={app.close_to_tray}
          onChange={(close_to_tray) => change({ close_to_tray })}
        />
        <SwitchRow
          name={t("computer.keepAwake")}
          checked={app.keep_awake}
          onChange={(keep_awake) => change({ keep_awake })}
        />
      </FormSection>
      <FormSection title={t("computer.tell")}>
        <SwitchRow
          name={t("computer.firstJoin")}
          checked={app.notify_first_join}
          onChange={(notify_first_join) => change({ notify_first_join })}
        />
        <SwitchRow
          name={t("computer.reports")}
          checked={app.notify_reports}
          onChange={(notify_reports) => change({ notify_reports })}
        />
        <SwitchRow
          name={t("computer.trouble")}
          checked={app.notify_trouble}
          onChange={(notify_trouble) => change({ notify_trouble })}
        />
      </FormSection>
    </>
  );
}
