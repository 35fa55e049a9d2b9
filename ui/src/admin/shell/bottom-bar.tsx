/** A phone's navigation: four views and "More", which lists the rest. */
import { Drawer, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ListIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useMe } from "../access/admin";
import { routeText } from "../route/route";
import { useRoute } from "../route/use-route";
import classes from "./bottom-bar.module.css";
import { MeMenuFrame } from "./me-menu";
import { NavCount } from "./nav";
import { ServerStatus } from "./server-state";
import { BOTTOM_BAR, VIEWS, type View } from "./views";

export function BottomBar() {
  const { t } = useTranslation();
  const [opened, more] = useDisclosure(false);
  const current = useRoute().view;
  const first = VIEWS.filter((view) => BOTTOM_BAR.includes(view.id));
  const rest = VIEWS.filter((view) => !BOTTOM_BAR.includes(view.id));
  return (
    <nav className={classes.bar} aria-label={t("nav.label")}>
      {first.map((view) => (
        <BarLink key={view.id} view={view} current={current === view.id} />
      ))}
      <UnstyledButton
        className={classes.item}
        onClick={more.open}
        aria-haspopup="dialog"
        data-current={rest.some((view) => view.id === current) || undefined}
      >
        <ListIcon size={22} aria-hidden="true" />
        <span>{t("nav.more")}</span>
      </UnstyledButton>
      <Drawer
        opened={opened}
        onClose={more.close}
        position="bottom"
        size="auto"
        title={t("nav.more")}
        classNames={{ content: classes.sheet ?? "", header: classes.sheetHead ?? "" }}
        closeButtonProps={{ "aria-label": t("dialog.close") }}
      >
        <ServerStatus wide />
        <div className={classes.grid}>
          {rest.map((view) => (
            <a
              key={view.id}
              className={classes.tile}
              href={routeText({ view: view.id })}
              aria-current={current === view.id ? "page" : undefined}
              onClick={more.close}
            >
              <view.icon size={22} weight={current === view.id ? "fill" : "regular"} aria-hidden="true" />
              {t(`view.${view.id}`)}
            </a>
          ))}
        </div>
        <Me />
      </Drawer>
    </nav>
  );
}

function BarLink({ view, current }: { readonly view: View; readonly current: boolean }) {
  const { t } = useTranslation();
  return (
    <a
      className={classes.item}
      href={routeText({ view: view.id })}
      aria-current={current ? "page" : undefined}
    >
      <span className={classes.badge}>
        <view.icon size={22} weight={current ? "fill" : "regular"} aria-hidden="true" />
        <NavCount view={view.id} />
      </span>
      <span>{t(`view.${view.id}`)}</span>
    </a>
  );
}

function Me() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <MeMenuFrame position="top" width={260} className={classes.me}>
      <span className="name">{me.name}</span>
      <span className={classes.role}>{t(`role.${me.role}`)}</span>
    </MeMenuFrame>
  );
}
