/** Where the world lies, its backups, and what helps when something is wrong. */
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Computer, ComputerSettings, MovedWorld, WorldContents } from "../../../platform";
import classes from "./computer.module.css";
import { FormRow, FormSection } from "./rows";
import type { ComputerState } from "./use-computer";

export interface WorldSectionProps {
  readonly computer: Computer;
  readonly settings: ComputerSettings;
  readonly state: ComputerState;
}

export function WorldSection({ computer, settings, state }: WorldSectionProps) {
  const { t } = useTranslation();
  const { attempt } = state;
  const quietly = (work: () => Promise<void>) => () => void attempt(() => work().then(() => undefined));
  const inside = ({ accounts, messages }: WorldContents) =>
    t("computer.contents", {
      accounts: t("computer.accounts", { count: accounts }),
      messages: t("computer.messages", { count: messages }),
    });
  const moved = ({ folder, contents }: MovedWorld) =>
    contents === null
      ? t("computer.opened", { folder })
      : t("computer.moved", { folder, contents: inside(contents) });
  const kept = settings.server.find(({ key }) => key === "backups_kept")?.value;
  return (
    <FormSection title={t("computer.world")}>
      <FormRow
        name={t("computer.folder")}
        help={settings.dataDirFixed ? t("computer.folderFixed") : t("computer.folderHelp")}
      >
        <code className={`${classes.path} mono`}>{settings.dataDir}</code>
        <Group gap={8}>
          <Button variant="default" onClick={quietly(computer.openDataFolder)}>
            {t("computer.open")}
          </Button>
          {!settings.dataDirFixed && (
            <Button variant="default" onClick={() => void attempt(computer.moveWorld, moved)}>
              {t("computer.move")}
            </Button>
          )}
        </Group>
      </FormRow>
      <FormRow
        name={t("computer.backup")}
        help={`${t("computer.backupHelp")} ${Number(kept) > 0 ? t("computer.backupDaily", { count: Number(kept) }) : ""}`.trim()}
      >
        <Group gap={8}>
          <Button
            variant="default"
            onClick={() =>
              void attempt(computer.backUp, ({ file, contents }) =>
                t("computer.backedUp", { file, contents: inside(contents) }),
              )
            }
          >
            {t("computer.backUp")}
          </Button>
          <Button
            variant="default"
            onClick={() =>
              void attempt(computer.restore, (contents) =>
                t("computer.restored", { contents: inside(contents) }),
              )
            }
          >
            {t("computer.restore")}
          </Button>
        </Group>
      </FormRow>
    </FormSection>
  );
}

export interface TroubleSectionProps {
  readonly computer: Computer;
  readonly state: ComputerState;
}

export function TroubleSection({ computer, state }: TroubleSectionProps) {
  const { t } = useTranslation();
  const { attempt } = state;
  return (
    <FormSection title={t("computer.help")} help={t("computer.version", { version: computer.version })}>
      <FormRow name={t("computer.diagnostics")} help={t("computer.diagnosticsHelp")}>
        <Button
          variant="default"
          onClick={() => void attempt(computer.saveDiagnostics, t("computer.diagnosticsSaved"))}
        >
          {t("computer.save")}
        </Button>
      </FormRow>
      <FormRow name={t("computer.logs")} help={t("computer.logsHelp")}>
        <Button
          variant="default"
          onClick={() => void attempt(() => computer.openLogFolder().then(() => undefined))}
        >
          {t("computer.show")}
        </Button>
      </FormRow>
    </FormSection>
  );
}
