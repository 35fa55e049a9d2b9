/**
 * The frame of a view: title at the left, what can be done at the right, the content below it scrolls.
 */
import { Button, Kbd, Tooltip } from "@mantine/core";
import { MagnifyingGlassIcon } from "@phosphor-icons/react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { COMMAND_KEY } from "../keys/keys";
import { openPalette } from "../state/overlay";
import classes from "./page.module.css";

export interface PageProps {
  readonly title: string;
  /** Beside the title, small. */
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  /** `fill`: the content scrolls by itself, up to the edges. */
  readonly layout?: "flow" | "fill";
  /** At the right, over the whole height. */
  readonly drawer?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, aside, actions, layout = "flow", drawer, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · CoMutiNy`;
  }, [title]);
  return (
    <div className={classes.page} data-layout={layout}>
      <div className={classes.column}>
        <header className={classes.head}>
          <h1 className={classes.title}>{title}</h1>
          {aside}
          <div className={classes.actions}>
            <Search />
            {actions}
          </div>
        </header>
        <div className={classes.content}>{children}</div>
      </div>
      {drawer}
    </div>
  );
}

function Search() {
  const { t } = useTranslation();
  return (
    <Tooltip label={t("palette.open")}>
      <Button
        variant="default"
        className={classes.search}
        fw={400}
        leftSection={<MagnifyingGlassIcon size={16} aria-hidden="true" />}
        rightSection={<Kbd aria-hidden="true">{COMMAND_KEY} K</Kbd>}
        onClick={openPalette}
        aria-label={t("palette.open")}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <span className={classes.hint}>{t("palette.hint")}</span>
      </Button>
    </Tooltip>
  );
}
