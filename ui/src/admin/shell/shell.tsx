/** The signed-in page: navigation, the view the address names, and everything that lies over it. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFeedStatus, useMe, useMirror } from "../access/admin";
import { OpenDialog } from "../dialogs/open-dialog";
import { LockedView } from "../kit/locked-view";
import { Page } from "../kit/page";
import { ViewBoundary } from "../kit/view-boundary";
import { goTo, useRoute } from "../route/use-route";
import { BottomBar } from "./bottom-bar";
import { ConnectionBanner } from "./connection-banner";
import { Nav } from "./nav";
import { CommandPalette } from "./palette";
import classes from "./shell.module.css";
import { ShortcutList } from "./shortcut-list";
import { useShortcuts } from "./use-shortcuts";
import { VIEWS, type View, viewOf } from "./views";

export function Shell() {
  const { t } = useTranslation();
  useShortcuts();
  const lost = useFeedStatus().kind === "lost";
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={toContent}>
        {t("nav.skip")}
      </button>
      <Nav />
      <main id="content" tabIndex={-1} className={classes.main}>
        <ConnectionBanner />
        <div className={classes.view} data-lost={lost || undefined}>
          <CurrentView />
        </div>
      </main>
      <BottomBar />
      <CommandPalette />
      <ShortcutList />
      <OpenDialog />
      <Announcer />
    </div>
  );
}

/** The address names the view, so this is no link: it moves the focus by hand. */
function toContent(): void {
  document.getElementById("content")?.focus();
}

function CurrentView() {
  const route = useRoute();
  const view = viewOf(route.view);
  useEffect(() => {
    if (!view) goTo({ view: "dashboard" }, "replace");
  }, [view]);
  return <Shown view={view ?? VIEWS[0]} />;
}

function Shown({ view }: { readonly view: View | undefined }) {
  const { t } = useTranslation();
  const { rights } = useMe();
  if (!view) return null;
  if (view.right !== null && !rights.includes(view.right)) {
    return (
      <Page title={t(`view.${view.id}`)}>
        <LockedView right={view.right} />
      </Page>
    );
  }
  return (
    <ViewBoundary key={view.id} title={t(`view.${view.id}`)}>
      <view.Component />
    </ViewBoundary>
  );
}

/** Says to screen readers what a look at the page would tell: a new report, a line that waits. */
function Announcer() {
  const { t } = useTranslation();
  const reports = useMirror((mirror) => mirror.openReports) ?? 0;
  const held = useMirror((mirror) => mirror.held.length) ?? 0;
  return (
    <div className="visually-hidden" role="status">
      {reports > 0 && t("nav.reportsOpen", { count: reports })}{" "}
      {held > 0 && t("nav.linesHeld", { count: held })}
    </div>
  );
}
