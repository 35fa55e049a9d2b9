/** "Export" with a choice of format. */
import { Button, Menu } from "@mantine/core";
import { DownloadSimpleIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import type { Query } from "../api/client";
import { type ExportFormat, useExport } from "./use-export";

export interface ExportMenuProps {
  readonly path: string;
  /** The filters in force; asked for when a format is chosen. */
  readonly query: () => Query;
  /** Of the file, without ending. */
  readonly name: string;
  /** What each choice is called; a table and data when absent. */
  readonly choices?: readonly (readonly [ExportFormat, string])[];
}

export function ExportMenu({ path, query, name, choices }: ExportMenuProps) {
  const { t } = useTranslation();
  const { busy, run } = useExport();
  const lists = [["csv", t("export.csv")] as const, ["json", t("export.json")] as const];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={busy} leftSection={<DownloadSimpleIcon size={16} />}>
          {t("export.verb")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(choices ?? lists).map(([format, words]) => (
          <Menu.Item key={format} onClick={() => void run(path, { ...query(), format }, name, format)}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
