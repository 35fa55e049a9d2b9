/** Chat: live, or found in the archive; beside it who speaks, and what is allowed. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { ClockCounterClockwiseIcon, SlidersHorizontalIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { exportMessages } from "../../api/files";
import { AnnounceButton } from "../../dialogs/announce-button";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ExportMenu } from "../../kit/export-menu";
import { Page } from "../../kit/page";
import { useSearchText } from "../../kit/search-field";
import tools from "../../kit/tools.module.css";
import { PersonDrawer } from "../../people/person-drawer";
import { usePerson } from "../../route/use-person";
import { goTo, useRoute } from "../../route/use-route";
import { useKept } from "../../state/kept";
import { Archive } from "./archive";
import classes from "./chat.module.css";
import { ChatTabs, type StatusFilter } from "./chat-tabs";
import { Compose } from "./compose";
import { HeldLines } from "./held-lines";
import { LiveChat } from "./live-chat";
import { type Moment, momentOf } from "./moment";
import { PinnedBar } from "./pinned-bar";
import { Rail } from "./rail";
import type { Shown } from "./stream";

const FIRST_SHOWN: Shown = { people: true, joins: true, bots: false, yours: true };

export default function Chat() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [status, setStatus] = useState<StatusFilter>("live");
  const [shown, setShown] = useKept<Shown>("chat.shown", FIRST_SHOWN, shownIn);
  const [railOpen, setRailOpen] = useState(false);
  const [person, setPerson] = usePerson();
  const search = useSearchText(text);
  const { query: address } = useRoute();
  const moment = momentOf(address);
  // Whoever searches, or looks at a moment, looks at what is kept.
  const kept = search !== "" || moment !== null;
  const live = status === "live" && !kept;
  const held = status === "held" && !kept;
  const query = {
    search,
    status: status === "removed" ? status : "all",
    ...(moment && { from: moment.from, to: moment.to }),
  };
  return (
    <Page
      title={t("view.chat")}
      layout="fill"
      drawer={person && <PersonDrawer sessionId={null} person={person} onClose={() => setPerson(null)} />}
      actions={
        <>
          <AnnounceButton />
          <ExportMenu file={(api, format) => exportMessages(api, { ...query, format })} name="chat" />
        </>
      }
    >
      <div className={tools.tools}>
        <ChatTabs status={status} onChoose={setStatus} />
        <Readers />
        <Tooltip label={t("chat.rail")}>
          <ActionIcon
            className={classes.railButton ?? ""}
            variant="default"
            aria-label={t("chat.rail")}
            aria-expanded={railOpen}
            onClick={() => setRailOpen(!railOpen)}
          >
            <SlidersHorizontalIcon size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={tools.body}>
        <div className={`${tools.main} ${classes.main}`}>
          {moment === null && !held && <PinnedBar />}
          {moment === null && <HeldLines onPerson={setPerson} alone={held} />}
          {moment && <MomentBar moment={moment} />}
          {held ? null : live ? (
            <LiveChat shown={shown} onPerson={setPerson} />
          ) : (
            <Archive
              query={query}
              marked={moment?.line ?? null}
              onPerson={setPerson}
              onClear={() => setText("")}
            />
          )}
          <Compose />
        </div>
        <Rail
          text={text}
          onText={setText}
          shown={shown}
          onShown={setShown}
          live={live}
          open={railOpen}
          onPerson={setPerson}
        />
      </div>
    </Page>
  );
}

function shownIn(value: unknown): Shown | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const kept = value as Partial<Record<keyof Shown, unknown>>;
  const { people, joins, bots, yours } = { ...FIRST_SHOWN, ...kept };
  return { people: people === true, joins: joins === true, bots: bots === true, yours: yours === true };
}

const MINUTE_MS = 60_000;

/** Who reads along, and how fast it goes. */
function Readers() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const players = useMirror((mirror) => mirror.now.players) ?? 0;
  const chat = useMirror((mirror) => mirror.chat) ?? [];
  const lines = chat.filter(({ timestamp }) => now - Date.parse(timestamp) < MINUTE_MS).length;
  return (
    <p className={classes.readers}>
      <span className={classes.lantern} data-out={players === 0 || undefined} aria-hidden="true" />
      <b>{format.count(players)}</b> {t("chat.readThis", { count: players })}{" "}
      <b data-machine>{format.count(lines)}</b> {t("chat.linesAMinute", { count: lines })}
    </p>
  );
}

/** Says which moment is shown, and leads back. */
function MomentBar({ moment }: { readonly moment: Moment }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.moment}>
      <ClockCounterClockwiseIcon size={16} aria-hidden="true" />
      <span>{t("chat.around", { at: format.moment(moment.at, Date.now()) })}</span>
      <Button variant="subtle" size="compact-sm" onClick={() => goTo({ view: "chat" }, "replace")}>
        {t("chat.backToLive")}
      </Button>
    </div>
  );
}
