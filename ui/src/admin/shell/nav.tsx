/** The sidebar: where one is, where one can go, and how the server is. */
import { Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useMirror } from "../access/admin";
import { Mark, Wordmark } from "../brand/brand";
import { useFormat } from "../format/use-format";
import { routeText } from "../route/route";
import { useRoute } from "../route/use-route";
import { MeMenu } from "./me-menu";
import classes from "./nav.module.css";
import { ServerStatus, useLantern } from "./server-state";
import { UpdateLine } from "./update-line";
import { VIEWS, type View } from "./views";

const GROUPS = ["now", "keep", "engine"] as const;

export function Nav() {
  const { t } = useTranslation();
  const lantern = useLantern();
  return (
    <aside className={classes.sidebar}>
      <a className={classes.brand} href={routeText({ view: "dashboard" })}>
        <Mark size={26} />
        <Wordmark lantern={lantern} />
      </a>
      <ServerStatus />
      <nav aria-label={t("nav.label")} className={classes.nav}>
        {GROUPS.map((group) => (
          <div key={group} className={classes.group}>
            {group !== "now" && <h2 className={classes.heading}>{t(`nav.${group}`)}</h2>}
            <ul>
              {VIEWS.filter((view) => view.group === group).map((view) => (
                <li key={view.id}>
                  <NavLink view={view} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <UpdateLine />
      <MeMenu />
    </aside>
  );
}

function NavLink({ view }: { readonly view: View }) {
  const { t } = useTranslation();
  const current = useRoute().view === view.id;
  const narrow = useMediaQuery("(max-width: 1000px)");
  const name = t(`view.${view.id}`);
  return (
    <Tooltip label={name} position="right" disabled={!narrow}>
      <a
        className={classes.link}
        href={routeText({ view: view.id })}
        aria-current={current ? "page" : undefined}
      >
        <view.icon size={18} weight={current ? "fill" : "regular"} aria-hidden="true" />
        <span className={classes.name}>{name}</span>
        <NavCount view={view.id} />
      </a>
    </Tooltip>
  );
}

/** Warm for people, danger for what waits. */
export function NavCount({ view }: { readonly view: View["id"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const players = useMirror((mirror) => mirror.now.players) ?? 0;
  const reports = useMirror((mirror) => mirror.openReports) ?? 0;
  const held = useMirror((mirror) => mirror.held.length) ?? 0;
  const counts: Partial<Record<View["id"], number>> = { players, reports, chat: held };
  const shown = counts[view] ?? 0;
  if (shown === 0) return null;
  return (
    <span className={classes.count} data-of={view}>
      <span aria-hidden="true">{format.count(shown)}</span>
      <span className="visually-hidden">
        {t(view === "players" ? "nav.playersHere" : view === "chat" ? "nav.linesHeld" : "nav.reportsOpen", {
          count: shown,
        })}
      </span>
    </span>
  );
}
