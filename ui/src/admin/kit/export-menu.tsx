/** "Export" with a choice of format. */
import { Button, Menu } from "@mantine/core";
import { DownloadSimpleIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import type { Query } from "../api/client";
import { useExport } from "./use-export";

export interface ExportMenuProps {
  readonly path: string;
  /** The filters in force. */
  readonly query: Query;
  /** Of the file, without ending. */
  readonly name: string;
}

export function ExportMenu({ path, query, name }: ExportMenuProps) {
  const { t } = useTranslation();
  const { busy, run } = useExport();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={busy} leftSection={<DownloadSimpleIcon size={16} />}>
          {t("export.verb")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => run(path, { ...query, format: "csv" }, name, "csv")}>
          {t("export.csv")}
        </Menu.Item>
        <Menu.Item onClick={() => run(path, { ...query, format: "json" }, name, "json")}>
          {t("export.json")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
