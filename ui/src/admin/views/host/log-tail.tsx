/** The last lines of the log file, for when there is no server to ask. */
import { useTranslation } from "react-i18next";
import type { Computer } from "../../../platform";
import { useResource } from "../../kit/use-resource";
import classes from "./host.module.css";

export function LogTail({ computer }: { readonly computer: Computer }) {
  const { t } = useTranslation();
  const { resource } = useResource("tail", () => computer.logTail());
  if (resource.kind !== "ready" || resource.value.length === 0) return null;
  return (
    <details className={classes.log}>
      <summary>{t("host.log")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0} translate="no">
        {resource.value.join("\n")}
      </pre>
    </details>
  );
}
