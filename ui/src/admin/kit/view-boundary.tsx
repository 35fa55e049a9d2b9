/** Keeps a broken or still loading view from taking the page with it. */
import { Component, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
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
        <Broken onRetry={() => window.location.reload()} />
      </Page>
    );
  }
}

function Broken({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return <Failed what={t("state.viewBroken")} message={t("state.viewBrokenHelp")} onRetry={onRetry} />;
}
