/** "Export" with a choice of format. */
import { Button, Menu } from "@mantine/core";
import { DownloadSimpleIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance } from "../access/admin";
import type { Api } from "../api/client";
import { ActionButton } from "./action-button";
import { type ExportFormat, useExport } from "./use-export";

export interface ExportMenuProps {
  /** Asks for the file, with the filters in force when a format is chosen. */
  readonly file: (api: Api, format: ExportFormat) => Promise<Blob>;
  /** Of the file, without ending. */
  readonly name: string;
  /** What each choice is called; a table and data when absent. */
  readonly choices?: readonly (readonly [ExportFormat, string])[];
}

export function ExportMenu({ file, name, choices }: ExportMenuProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { busy, run } = useExport();
  const hindered = useHindrance(null) !== null;
  const look = { variant: "default", leftSection: <DownloadSimpleIcon size={16} /> } as const;
  const lists = [["csv", t("export.csv")] as const, ["json", t("export.json")] as const];
  if (hindered) {
    return (
      <ActionButton right={null} {...look}>
        {t("export.verb")}
      </ActionButton>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button loading={busy} {...look}>
          {t("export.verb")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(choices ?? lists).map(([format, words]) => (
          <Menu.Item key={format} onClick={() => void run(file(api, format), name, format)}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
