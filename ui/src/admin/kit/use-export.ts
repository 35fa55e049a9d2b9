/** Saves what a list shows as a file, in the browser or through the desktop's dialog. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import { sentenceOf } from "../api/client";
import { complain, notify } from "./use-done";

export type ExportFormat = "csv" | "json" | "txt" | "html" | "png";

export interface Exporter {
  readonly busy: boolean;
  run(file: Promise<Blob>, name: string, format: ExportFormat): Promise<void>;
}

export function useExport(): Exporter {
  const { t } = useTranslation();
  const { platform } = useAdmin();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    run: async (file, name, format) => {
      setBusy(true);
      try {
        const content = await file;
        const day = new Date().toISOString().slice(0, 10);
        if (await platform.saveFile({ name: `${name}-${day}.${format}`, content })) notify(t("export.done"));
      } catch (error) {
        complain(t("export.failed", { message: sentenceOf(error) }));
      } finally {
        setBusy(false);
      }
    },
  };
}
