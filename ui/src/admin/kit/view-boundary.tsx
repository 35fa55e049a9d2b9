/** Keeps a broken or still loading view from taking the page with it. */
import { Component, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useFeedStatus } from "../access/admin";
import { Page } from "./page";
import { Failed, LoadingRows } from "./states";

interface BoundaryProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function ViewBoundary({ title, children }: BoundaryProps) {
  return (
    <CatchBroken title={title}>
      <Suspense
        fallback={
          <Page title={title}>
            <LoadingRows />
          </Page>
        }
      >
        {children}
      </Suspense>
    </CatchBroken>
  );
}

class CatchBroken extends Component<BoundaryProps, { readonly broken: boolean }> {
  override readonly state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <Page title={this.props.title}>
        <Broken />
      </Page>
    );
  }
}

const loadAgain = () => window.location.reload();

/**
 * A view is fetched when it is first opened. While the server is away that fails, and so would loading the page: the
 * page waits for the connection and loads itself then, because browsers remember a module that did not come.
 */
function Broken() {
  const { t } = useTranslation();
  const { feed } = useAdmin();
  const status = useFeedStatus().kind;
  const [isAway, setAway] = useState(status === "lost");
  useEffect(() => {
    if (status === "lost") setAway(true);
    else if (status === "live" && isAway) loadAgain();
  }, [status, isAway]);
  return isAway ? (
    <Failed what={t("state.viewAway")} message={t("state.viewAwayHelp")} onRetry={() => feed.retryNow()} />
  ) : (
    <Failed what={t("state.viewBroken")} message={t("state.viewBrokenHelp")} onRetry={loadAgain} />
  );
}
