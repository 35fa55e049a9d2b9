/** Bans and mutes: who may not come in, who may not speak, until when, and why. */
import { SegmentedControl, Switch } from "@mantine/core";
import { GavelIcon, ProhibitIcon } from "@phosphor-icons/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import { bans, mutes } from "../../api/lists";
import type { Ban, Mute } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { type ListColumn, ListTable } from "../../kit/list-table";
import { Page } from "../../kit/page";
import { RowAction } from "../../kit/row-action";
import { SearchField, useSearchText } from "../../kit/search-field";
import { Empty } from "../../kit/states";
import { Tag } from "../../kit/tag";
import tools from "../../kit/tools.module.css";
import { usePages } from "../../kit/use-pages";
import { useReloadOn } from "../../kit/use-reload-on";
import { PersonDrawer } from "../../people/person-drawer";
import { PersonPortrait } from "../../people/person-portrait";
import { usePerson } from "../../route/use-person";
import { openDialog } from "../../state/dialog";

type Which = "bans" | "mutes";
type Row = Ban | Mute;

export default function Sanctions() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [which, setWhich] = useState<Which>("bans");
  const [past, setPast] = useState(false);
  const [text, setText] = useState("");
  const [person, setPerson] = usePerson();
  const search = useSearchText(text);
  const pages = usePages<Row>(JSON.stringify([which, past, search]), async (offset, limit, signal) => {
    const query = { search, active: past ? null : true, offset, limit };
    if (which === "bans") {
      const page = await bans(api, query, signal);
      return { total: page.total, items: page.bans };
    }
    const page = await mutes(api, query, signal);
    return { total: page.total, items: page.mutes };
  });
  // A new action may have made or lifted one of these.
  useReloadOn(
    useMirror((mirror) => mirror.actions[0]?.id ?? ""),
    pages.reload,
  );
  const columns = useMemo(
    (): ListColumn<Row>[] => [
      { id: "who", title: t("sanctions.who"), cell: (row) => <Who row={row} onOpen={setPerson} /> },
      {
        id: "reason",
        title: t("sanctions.reason"),
        cell: (row) => (
          <span className={`${tools.words} freetext`} dir="auto">
            {row.reason || "-"}
          </span>
        ),
      },
      { id: "until", title: t("sanctions.until"), cell: (row) => <Until row={row} /> },
      { id: "by", title: t("sanctions.by"), cell: (row) => row.createdBy.name },
      { id: "at", title: t("sanctions.at"), cell: (row) => <At iso={row.createdAt} /> },
      { id: "lift", title: "", cell: (row) => <Lift row={row} which={which} onDone={pages.reload} /> },
    ],
    [t, which, setPerson, pages.reload],
  );
  return (
    <Page
      title={t("view.sanctions")}
      layout="fill"
      actions={
        <ActionButton
          right="ban"
          leftSection={<ProhibitIcon size={16} />}
          onClick={() => openDialog({ kind: "ban-address" })}
        >
          {t("banAddress.open")}
        </ActionButton>
      }
      drawer={person && <PersonDrawer sessionId={null} person={person} onClose={() => setPerson(null)} />}
    >
      <div className={tools.tools}>
        <SearchField value={text} onChange={setText} label={t("sanctions.search")} />
        <SegmentedControl
          aria-label={t("sanctions.which")}
          value={which}
          onChange={(value) => setWhich(value === "mutes" ? "mutes" : "bans")}
          data={[
            { value: "bans", label: t("sanctions.bans") },
            { value: "mutes", label: t("sanctions.mutes") },
          ]}
        />
        <Switch
          size="sm"
          label={t("sanctions.past")}
          checked={past}
          onChange={(event) => setPast(event.currentTarget.checked)}
        />
      </div>
      <ListTable
        pages={pages}
        columns={columns}
        label={t("view.sanctions")}
        failed={t("sanctions.failed")}
        empty={
          <Empty icon={GavelIcon}>{search === "" ? t(`sanctions.none.${which}`) : t("list.noMatch")}</Empty>
        }
      />
    </Page>
  );
}

interface WhoProps {
  readonly row: Row;
  readonly onOpen: ReturnType<typeof usePerson>[1];
}

function Who({ row, onOpen }: WhoProps) {
  const { t } = useTranslation();
  const { kind, subject } = row;
  if (kind === "address") {
    return (
      <span className={tools.who}>
        <span className="mono">{subject}</span> <Tag>{t("kind.address")}</Tag>
      </span>
    );
  }
  return (
    <button type="button" className={tools.who} onClick={() => onOpen({ kind, subject })}>
      <PersonPortrait person={{ kind, subject }} />
      <span className="name" dir="auto">
        {row.subjectName ?? subject}
      </span>
      <Tag>{t(`kind.${kind}`)}</Tag>
    </button>
  );
}

function Until({ row }: { readonly row: Row }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  if (row.liftedAt) return <Tag>{t("sanctions.lifted", { at: format.moment(row.liftedAt, now) })}</Tag>;
  if (!row.active) return <Tag>{t("sanctions.over")}</Tag>;
  if (row.until === null) return <Tag tone="danger">{t("person.forGood")}</Tag>;
  return (
    <time dateTime={row.until} title={format.full(row.until)}>
      {t("sanctions.left", {
        at: format.moment(row.until, now),
        span: format.span(Date.parse(row.until) - now),
      })}
    </time>
  );
}

function At({ iso }: { readonly iso: string }) {
  const format = useFormat();
  return (
    <time dateTime={iso} title={format.full(iso)}>
      {format.moment(iso, useQuarterMinute())}
    </time>
  );
}

interface LiftProps {
  readonly row: Row;
  readonly which: Which;
  readonly onDone: () => void;
}

function Lift({ row, which, onDone }: LiftProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  if (!row.active) return null;
  return (
    <RowAction
      right={which === "bans" ? "ban" : "mute"}
      verb={t("person.lift")}
      done={t("sanctions.liftedDone", { name: row.subjectName ?? row.subject })}
      onDone={onDone}
      run={() => (which === "bans" ? calls.unban(api, row.id) : calls.unmute(api, row.id))}
    />
  );
}
