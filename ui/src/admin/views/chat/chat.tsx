/** Chat: live, or found in the archive. */
import { Button, SegmentedControl } from "@mantine/core";
import { ClockCounterClockwiseIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { exportMessages } from "../../api/files";
import { useFormat } from "../../format/use-format";
import { ExportMenu } from "../../kit/export-menu";
import { Page } from "../../kit/page";
import { SearchField, useSearchText } from "../../kit/search-field";
import tools from "../../kit/tools.module.css";
import { PersonDrawer } from "../../people/person-drawer";
import { usePerson } from "../../route/use-person";
import { goTo, useRoute } from "../../route/use-route";
import { Archive, STATUSES, type StatusFilter } from "./archive";
import classes from "./chat.module.css";
import { LiveChat } from "./live-chat";
import { type Moment, momentOf } from "./moment";

export default function Chat() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [status, setStatus] = useState<StatusFilter>("live");
  const [person, setPerson] = usePerson();
  const search = useSearchText(text);
  const { query: address } = useRoute();
  const live = status === "live" && search === "" && momentOf(address) === null;
  const moment = momentOf(address);
  const query = {
    search,
    status: status === "live" ? "all" : status,
    ...(moment && { from: moment.from, to: moment.to }),
  };
  return (
    <Page
      title={t("view.chat")}
      layout="fill"
      drawer={person && <PersonDrawer sessionId={null} person={person} onClose={() => setPerson(null)} />}
      actions={<ExportMenu file={(api, format) => exportMessages(api, { ...query, format })} name="chat" />}
    >
      <div className={tools.tools}>
        <SearchField value={text} onChange={setText} label={t("chat.search")} />
        <SegmentedControl
          aria-label={t("chat.which")}
          value={status}
          onChange={(value) => setStatus(STATUSES.find((each) => each === value) ?? "live")}
          data={STATUSES.map((value) => ({ value, label: t(`chat.status.${value}`) }))}
        />
      </div>
      <div className={tools.body}>
        <div className={tools.main}>
          {moment && <MomentBar moment={moment} />}
          {live ? (
            <LiveChat onPerson={setPerson} />
          ) : (
            <Archive query={query} marked={moment?.line ?? null} onPerson={setPerson} />
          )}
        </div>
      </div>
    </Page>
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
