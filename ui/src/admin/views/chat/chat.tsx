/** Chat: live, or found in the archive. */
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { exportMessages } from "../../api/files";
import { ExportMenu } from "../../kit/export-menu";
import { Page } from "../../kit/page";
import { SearchField, useSearchText } from "../../kit/search-field";
import tools from "../../kit/tools.module.css";
import { PersonDrawer } from "../../people/person-drawer";
import { usePerson } from "../../route/use-person";
import { Archive, STATUSES, type StatusFilter } from "./archive";
import { LiveChat } from "./live-chat";

export default function Chat() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [status, setStatus] = useState<StatusFilter>("live");
  const [person, setPerson] = usePerson();
  const search = useSearchText(text);
  const live = status === "live" && search === "";
  const query = { search, status: status === "live" ? "all" : status };
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
          {live ? <LiveChat onPerson={setPerson} /> : <Archive query={query} onPerson={setPerson} />}
        </div>
      </div>
    </Page>
  );
}
