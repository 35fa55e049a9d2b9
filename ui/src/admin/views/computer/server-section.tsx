/** Every other setting of the server, as docs/settings.md lists them, kept in a file of this computer. */
import { Accordion, Button, PasswordInput, Switch, TextInput } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Computer, ComputerSettings, ServerSetting } from "../../../platform";
import classes from "./computer.module.css";
import { DraftFoot } from "./draft-foot";
import { FormRow, FormSection } from "./rows";
import { type ServerDrafts, useDrafts } from "./use-drafts";

/** These have a place of their own above. */
const ABOVE = new Set(["server_port", "server_host"]);

export interface ServerSectionProps {
  readonly computer: Computer;
  readonly settings: ComputerSettings;
  readonly onSaved: () => void;
}

export function ServerSection({ computer, settings, onSaved }: ServerSectionProps) {
  const { t } = useTranslation();
  const own = settings.server.filter(({ key }) => !ABOVE.has(key));
  const drafts = useDrafts(computer, own, onSaved);
  if (own.length === 0) return null;
  const groups = [...new Set(own.map(({ group }) => group))];
  return (
    <FormSection
      title={t("computer.advanced")}
      help={t("computer.advancedHelp", { file: settings.serverFile })}
    >
      <Accordion multiple classNames={{ item: classes.group ?? "", content: classes.groupContent ?? "" }}>
        {groups.map((group) => (
          <Accordion.Item key={group} value={group}>
            <Accordion.Control>{group}</Accordion.Control>
            <Accordion.Panel>
              {own
                .filter((setting) => setting.group === group)
                .map((setting) => (
                  <SettingRow key={setting.key} setting={setting} drafts={drafts} />
                ))}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <DraftFoot drafts={drafts} />
    </FormSection>
  );
}

interface SettingRowProps {
  readonly setting: ServerSetting;
  readonly drafts: ServerDrafts;
}

function SettingRow({ setting, drafts }: SettingRowProps) {
  const { t } = useTranslation();
  const id = useId();
  const help = setting.lockedBy ? t("computer.lockedBy", { name: setting.lockedBy }) : setting.help;
  return (
    <FormRow name={setting.key} help={help} htmlFor={id}>
      <Field id={id} setting={setting} drafts={drafts} />
      {setting.changed && setting.lockedBy === null && (
        <Button variant="subtle" size="compact-xs" onClick={() => drafts.put(setting, null)}>
          {setting.default === ""
            ? t("computer.resetEmpty")
            : t("computer.reset", { value: setting.default })}
        </Button>
      )}
    </FormRow>
  );
}

function Field({ id, setting, drafts }: SettingRowProps & { readonly id: string }) {
  const { t } = useTranslation();
  const value = drafts.valueOf(setting);
  const common = {
    id,
    disabled: setting.lockedBy !== null,
    error: drafts.problemOf(setting),
  };
  if (setting.switch) {
    return (
      <Switch
        {...common}
        checked={value === "true"}
        onChange={(event) => drafts.put(setting, String(event.currentTarget.checked))}
      />
    );
  }
  const text = {
    ...common,
    value,
    description: t("computer.accepts", { what: setting.accepts }),
    onChange: (event: { currentTarget: { value: string } }) => drafts.put(setting, event.currentTarget.value),
    autoComplete: "off",
    spellCheck: false,
  };
  if (setting.secret) {
    return (
      <PasswordInput
        {...text}
        placeholder={t(setting.value === "" ? "computer.unset" : "computer.secretSet")}
      />
    );
  }
  return <TextInput {...text} placeholder={t("computer.unset")} dir="auto" />;
}
