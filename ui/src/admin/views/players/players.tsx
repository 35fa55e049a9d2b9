/** Everybody who is connected: found by typing, sorted, chosen, acted upon. */
import { Button, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import {
  EyeIcon,
  FlagIcon,
  type Icon,
  MagnifyingGlassIcon,
  MicrophoneSlashIcon,
  RobotIcon,
  UserIcon,
  UsersThreeIcon,
} from "@phosphor-icons/react";
import { useCallback, useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import type { AdminSession } from "../../contract";
import { AnnounceButton } from "../../dialogs/announce-button";
import { useFilterKey } from "../../keys/use-filter-key";
import { Page } from "../../kit/page";
import { Empty, LoadingRows } from "../../kit/states";
import tools from "../../kit/tools.module.css";
import { PersonDrawer } from "../../people/person-drawer";
import { targetOfSession } from "../../people/target";
import { usePerson } from "../../route/use-person";
import { goTo, useRoute } from "../../route/use-route";
import { openDialog } from "../../state/dialog";
import { oneOf, someOf, useKept } from "../../state/kept";
import { type Segment, SORT_KEYS, type Sort, type SortKey } from "./arrange";
import { SHOWN_AT_FIRST, SHOWN_ON_PHONE } from "./columns";
import { EndedToday } from "./ended-today";
import { PLACES, type Place } from "./places";
import classes from "./players.module.css";
import { PlayersTable } from "./players-table";
import { PlayersTools } from "./players-tools";
import { type MenuSpot, RowMenu } from "./row-menu";
import { useArranged } from "./use-arranged";

const NEWEST_FIRST: Sort = { key: "since", descending: false };

export default function Players() {
  const { t } = useTranslation();
  const { item } = useRoute();
  const sessions = useMirror((mirror) => mirror.sessions);
  const [person] = usePerson();
  const [text, setText] = useState("");
  const [place, setPlace] = useKept<Place>("players.segment", "inside", oneOf(PLACES));
  const [shown, setShown] = useKept<readonly SortKey[]>("players.columns", SHOWN_AT_FIRST, someOf(SORT_KEYS));
  const phone = useMediaQuery("(max-width: 640px)");
  const [density, setDensity] = useKept("players.density", "normal", oneOf(["normal", "compact"] as const));
  const [sort, setSort] = useState<Sort>(NEWEST_FIRST);
  const [frozen, setFrozen] = useState(false);
  const [menu, setMenu] = useState<MenuSpot | null>(null);
  const filter = useRef<HTMLInputElement>(null);
  useFilterKey(filter);
  const segment = place === "ended" ? "inside" : place;
  const arranged = useArranged(
    sessions,
    { text: useDeferredValue(text), segment, sort },
    frozen || menu !== null,
  );

  const select = useCallback((id: string | null) => goTo({ view: "players", item: id }, "replace"), []);
  const openMenu = useCallback(
    (session: AdminSession, at: { readonly x: number; readonly y: number }) => setMenu({ session, at }),
    [],
  );
  useActionKeys(item === null ? undefined : sessions?.get(item));

  return (
    <Page
      title={t("view.players")}
      layout="fill"
      drawer={
        (item !== null || person !== null) && (
          <PersonDrawer
            sessionId={item}
            person={item === null ? person : null}
            onClose={() => select(null)}
          />
        )
      }
      actions={<AnnounceButton />}
    >
      <div className={`${tools.tools} ${classes.tools}`}>
        <TextInput
          ref={filter}
          className={classes.filter ?? ""}
          aria-label={t("players.filter")}
          placeholder={t("players.filter")}
          leftSection={<MagnifyingGlassIcon size={16} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") setText("");
          }}
          type="search"
        />
        <PlayersTools
          sessions={sessions}
          place={place}
          onPlace={setPlace}
          shown={shown}
          onShown={setShown}
          compact={density === "compact"}
          onCompact={(compact) => setDensity(compact ? "compact" : "normal")}
          frozen={frozen}
        />
      </div>
      <div className={tools.body}>
        <div className={tools.main}>
          {place === "ended" ? (
            <EndedToday text={text} onClear={() => setText("")} chosen={item === null ? person : null} />
          ) : arranged === null ? (
            <LoadingRows />
          ) : arranged.rows.length === 0 ? (
            <NobodyHere text={text} segment={segment} onClear={() => setText("")} />
          ) : (
            <PlayersTable
              arranged={arranged}
              shown={phone ? SHOWN_ON_PHONE : shown}
              compact={density === "compact"}
              sort={sort}
              onSort={setSort}
              selectedId={item}
              onSelect={select}
              onMenu={openMenu}
              onFreeze={setFrozen}
            />
          )}
        </div>
      </div>
      <RowMenu spot={menu} onClose={() => setMenu(null)} onOpen={(id) => select(id)} />
    </Page>
  );
}

const NOBODY_ICONS: Readonly<Record<Segment, Icon>> = {
  inside: UsersThreeIcon,
  guests: UserIcon,
  reported: FlagIcon,
  muted: MicrophoneSlashIcon,
  watching: EyeIcon,
  bots: RobotIcon,
};

interface NobodyHereProps {
  readonly text: string;
  readonly segment: Segment;
  readonly onClear: () => void;
}

function NobodyHere({ text, segment, onClear }: NobodyHereProps) {
  const { t } = useTranslation();
  if (text.trim() !== "") {
    return (
      <Empty
        icon={MagnifyingGlassIcon}
        action={
          <Button variant="default" onClick={onClear}>
            {t("players.clear")}
          </Button>
        }
      >
        {t("players.noMatch", { text: text.trim() })}
      </Empty>
    );
  }
  return (
    <Empty
      icon={NOBODY_ICONS[segment]}
      action={
        segment === "inside" && (
          <Button component="a" href="#/invite" variant="default">
            {t("players.invite")}
          </Button>
        )
      }
    >
      {t(`players.none.${segment}`)}
    </Empty>
  );
}

const ACTION_KEYS = { k: "kick", b: "ban", m: "mute", w: "warn" } as const;

/** K, B, M and W act on the chosen row. */
function useActionKeys(session: AdminSession | undefined): void {
  const { t } = useTranslation();
  const nameless = t("players.nameless");
  useEffect(() => {
    if (!session) return;
    const onKey = (event: KeyboardEvent) => {
      const kind = ACTION_KEYS[event.key as keyof typeof ACTION_KEYS];
      if (!kind || !isFree(event)) return;
      event.preventDefault();
      openDialog({ kind, target: targetOfSession(session, nameless) });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [session, nameless]);
}

function isFree(event: KeyboardEvent): boolean {
  const plain = !(event.ctrlKey || event.metaKey || event.altKey);
  const field =
    event.target instanceof HTMLElement &&
    event.target.closest("input, textarea, [role=dialog], [role=menu]");
  return plain && !field && document.querySelector("[role=dialog][aria-modal=true]") === null;
}
