/** Bans and mutes: who may not come in, who may not speak, until when, and why. */
import { Button, SegmentedControl, Select, Switch } from "@mantine/core";
import { GavelIcon, MicrophoneSlashIcon, ProhibitIcon } from "@phosphor-icons/react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { bans, mutes } from "../../api/lists";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { Page } from "../../kit/page";
import { SearchField, useSearchText } from "../../kit/search-field";
import { Empty, LoadingRows, NoMatch } from "../../kit/states";
import table from "../../kit/table.module.css";
import tools from "../../kit/tools.module.css";
import { usePages } from "../../kit/use-pages";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import { WhenListed } from "../../kit/when-read";
import { PersonDrawer } from "../../people/person-drawer";
import { usePerson } from "../../route/use-person";
import { openDialog } from "../../state/dialog";
import { useKept } from "../../state/kept";
import { SanctionRow, type Which } from "./sanction-row";
import classes from "./sanctions.module.css";
import type { Sanctioned } from "./standing";
import { Summary } from "./summary";

/** Sanctions that the summary is of, the newest ones. */
const SUMMED = 200;

export default function Sanctions() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  const [which, setWhich] = useState<Which>("bans");
  const [past, setPast] = useKept("sanctions.past", false, (value) =>
    typeof value === "boolean" ? value : undefined,
  );
  const [text, setText] = useState("");
  const [person, setPerson] = usePerson();
  const search = useSearchText(text);
  const [by, setBy] = useState("");
  const holding = useSanctions(which, search, by, true);
  const over = useSanctions(which, search, by, false);
  const all = useResource("all sanctions", async (signal) => {
    const [banned, muted] = await Promise.all([
      bans(api, { limit: SUMMED }, signal),
      mutes(api, { limit: SUMMED }, signal),
    ]);
    return { bans: banned.bans, mutes: muted.mutes };
  });
  const reload = () => {
    holding.reload();
    over.reload();
    all.reload();
  };
  // A new action may have made or lifted one of these.
  useReloadOn(
    useMirror((mirror) => mirror.actions[0]?.id ?? ""),
    reload,
  );
  const known = all.resource.kind === "ready" ? all.resource.value : null;
  const authors = useAuthors([...(known?.bans ?? []), ...(known?.mutes ?? [])]);
  const rows = (sanctions: readonly Sanctioned[]) =>
    sanctions.map((row) => (
      <SanctionRow key={row.id} row={row} which={which} now={now} onPerson={setPerson} onDone={reload} />
    ));
  const lists = past ? [holding, over] : [holding];
  const trouble = lists.find((pages) => pages.trouble !== null)?.trouble ?? null;
  const items = lists.flatMap((pages) => pages.items);
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
      {known && <Summary all={known} now={now} />}
      <div className={tools.tools}>
        <SegmentedControl
          aria-label={t("sanctions.which")}
          value={which}
          onChange={(value) => setWhich(value === "mutes" ? "mutes" : "bans")}
          data={(["bans", "mutes"] as const).map((value) => ({
            value,
            label: (
              <span className={tools.tab}>
                {t(`sanctions.${value}`)}
                {known && <b>{format.count(known[value].filter(({ active }) => active).length)}</b>}
              </span>
            ),
          }))}
        />
        <SearchField value={text} onChange={setText} label={t("sanctions.search")} />
        <Select
          aria-label={t("sanctions.by")}
          className={classes.author ?? ""}
          value={by}
          onChange={(chosen) => setBy(chosen ?? "")}
          data={[{ value: "", label: t("sanctions.byAnybody") }, ...authors]}
          allowDeselect={false}
          searchable={authors.length > 8}
        />
        <Switch
          size="sm"
          checked={past}
          onChange={(event) => setPast(event.currentTarget.checked)}
          label={
            <span className={tools.tab}>
              {t("sanctions.past")}
              {over.kind === "ready" && <b>{format.count(over.total)}</b>}
            </span>
          }
        />
      </div>
      <div className={tools.body}>
        <div className={tools.main}>
          <WhenListed
            pages={{ ...holding, items, trouble, reload }}
            failed={t("sanctions.failed")}
            waiting={<LoadingRows height={64} />}
            empty={
              search === "" && by === "" ? (
                <Empty icon={which === "bans" ? GavelIcon : MicrophoneSlashIcon}>
                  {t(`sanctions.none.${which}`)}
                </Empty>
              ) : (
                <NoMatch
                  onClear={() => {
                    setText("");
                    setBy("");
                  }}
                />
              )
            }
          >
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
            <section className={table.scroller} aria-label={t("view.sanctions")} tabIndex={0}>
              <table className={`${table.table} ${table.tall} ${table.stacked} ${classes.list}`}>
                <thead>
                  <tr>
                    <th scope="col">{t("sanctions.who")}</th>
                    <th scope="col">{t("sanctions.why")}</th>
                    <th scope="col">{t("sanctions.until")}</th>
                    <th scope="col">{t("sanctions.by")}</th>
                    <th scope="col">
                      <span className="visually-hidden">{t("players.menuColumn")}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>{rows(holding.items)}</tbody>
                {past && over.items.length > 0 && (
                  <tbody>
                    <tr className={classes.divider}>
                      <th scope="rowgroup" colSpan={5}>
                        {t("sanctions.pastNewest")}
                      </th>
                    </tr>
                    {rows(over.items)}
                  </tbody>
                )}
              </table>
              {lists.some((pages) => !pages.complete) && (
                <Button
                  variant="subtle"
                  m={12}
                  loading={holding.growing || over.growing}
                  onClick={() => (holding.complete ? over.more() : holding.more())}
                >
                  {t("list.more")}
                </Button>
              )}
            </section>
          </WhenListed>
        </div>
      </div>
    </Page>
  );
}

/** Everybody who was seen ordering one since this view was opened; who was chosen stays choosable. */
function useAuthors(sanctions: readonly Sanctioned[]): { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation();
  const known = useRef(new Map<string, string>());
  // Newest first: the name of the newest one counts.
  for (const { createdBy } of sanctions.toReversed()) known.current.set(createdBy.id, createdBy.name);
  return [...known.current].map(([value, name]) => ({ value, label: t("sanctions.byName", { name }) }));
}

function useSanctions(which: Which, search: string, by: string, active: boolean) {
  const { api } = useAdmin();
  return usePages<Sanctioned>(JSON.stringify([which, search, by]), async (offset, limit, signal) => {
    const query = { search, by, active, offset, limit };
    if (which === "bans") {
      const page = await bans(api, query, signal);
      return { total: page.total, items: page.bans };
    }
    const page = await mutes(api, query, signal);
    return { total: page.total, items: page.mutes };
  });
}
