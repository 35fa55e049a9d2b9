/** How the world is: who is there, what the machine does, what just happened, what waits. */
import { Button } from "@mantine/core";
import { QrCodeIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { AnnounceButton } from "../../dialogs/announce-button";
import { Page } from "../../kit/page";
import { oneOf, useKept } from "../../state/kept";
import { ActivityPanel } from "./activity";
import classes from "./dashboard.module.css";
import { Health } from "./health";
import { LiveMap } from "./live-map";
import { Machine } from "./machine";
import { Nodes } from "./nodes";
import { PeoplePanel } from "./people";
import { RANGES, type Range } from "./range";
import { RangeSwitch } from "./range-switch";
import { StoryPanel } from "./story-panel";
import { Traffic } from "./traffic";
import { WaitingPanel } from "./waiting";

export default function Dashboard() {
  const { t } = useTranslation();
  const cluster =
    useMirror((mirror) => mirror.nodes.length > 1 || mirror.server.cluster !== "standalone") ?? false;
  const [range, setRange] = useKept<Range>("dashboard.range", "live", oneOf(RANGES));
  return (
    <Page
      title={t("view.dashboard")}
      actions={
        <>
          <AnnounceButton />
          <Button component="a" href="#/invite" leftSection={<QrCodeIcon size={16} />}>
            {t("dashboard.invite")}
          </Button>
        </>
      }
    >
      <div className={classes.stack}>
        <Health />
        <RangeSwitch range={range} onRange={setRange} />
        {range === "live" ? <Live /> : <StoryPanel range={range} />}
        {cluster && <Nodes />}
        <div className={classes.three}>
          <ActivityPanel />
          <WaitingPanel />
          <Machine />
        </div>
      </div>
    </Page>
  );
}

function Live() {
  const { t } = useTranslation();
  return (
    <>
      <section className={classes.hero} aria-label={t("dashboard.people")}>
        <PeoplePanel />
        <LiveMap />
      </section>
      <Traffic />
    </>
  );
}
