/** Every page, every action and every player, found by typing. */
import { Modal, TextInput } from "@mantine/core";
import {
  BroadcastIcon,
  DoorOpenIcon,
  KeyboardIcon,
  MagnifyingGlassIcon,
  MoonIcon,
  ProhibitIcon,
  SignOutIcon,
} from "@phosphor-icons/react";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMe, useMirror } from "../access/admin";
import { useEvening } from "../kit/use-evening";
import { SessionPortrait } from "../people/person-portrait";
import { goTo } from "../route/use-route";
import { openDialog } from "../state/dialog";
import { closeOverlay, openShortcuts, useOverlay } from "../state/overlay";
import classes from "./palette.module.css";
import { entriesFor, type PaletteEntry } from "./palette-entries";
import { VIEWS, viewOf } from "./views";

const ACTION_ICONS = {
  announce: BroadcastIcon,
  "ban-address": ProhibitIcon,
  "kick-all": DoorOpenIcon,
  light: MoonIcon,
  shortcuts: KeyboardIcon,
  "sign-out": SignOutIcon,
} as const;

export function CommandPalette() {
  const { t } = useTranslation();
  const opened = useOverlay() === "palette";
  return (
    <Modal.Root opened={opened} onClose={closeOverlay} size={560} yOffset="12vh">
      <Modal.Overlay blur={0} color="var(--c-backdrop)" backgroundOpacity={1} />
      <Modal.Content radius="xl" aria-label={t("palette.open")}>
        {opened && <Search />}
      </Modal.Content>
    </Modal.Root>
  );
}

function Search() {
  const { t } = useTranslation();
  const { signOut } = useAdmin();
  const { rights } = useMe();
  const { verb, turn } = useEvening();
  const sessions = useMirror((mirror) => mirror.sessions);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const fixed = useMemo(
    (): PaletteEntry[] => [
      ...VIEWS.map(({ id }) => ({ kind: "view" as const, id, name: t(`view.${id}`) })),
      ...(rights.includes("announce")
        ? [{ kind: "action" as const, id: "announce", name: t("act.announce") }]
        : []),
      ...(rights.includes("ban")
        ? [{ kind: "action" as const, id: "ban-address", name: t("banAddress.open") }]
        : []),
      ...(rights.includes("kick-all")
        ? [{ kind: "action" as const, id: "kick-all", name: t("act.kickAll") }]
        : []),
      ...(rights.includes("settings") ? [{ kind: "action" as const, id: "light", name: verb }] : []),
      { kind: "action", id: "shortcuts", name: t("me.shortcuts") },
      { kind: "action", id: "sign-out", name: t("me.signOut") },
    ],
    [t, rights, verb],
  );
  const entries = useMemo(() => entriesFor(text, fixed, sessions?.values() ?? []), [text, fixed, sessions]);
  const current = Math.min(chosen, Math.max(0, entries.length - 1));

  useEffect(() => {
    document.getElementById(`palette-${current}`)?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const take = (entry: PaletteEntry) => {
    closeOverlay();
    if (entry.kind === "view") goTo({ view: entry.id });
    else if (entry.kind === "player") goTo({ view: "players", item: entry.id });
    else if (entry.id === "announce") openDialog({ kind: "announce" });
    else if (entry.id === "ban-address") openDialog({ kind: "ban-address" });
    else if (entry.id === "kick-all") openDialog({ kind: "kick-all" });
    else if (entry.id === "light") void turn();
    else if (entry.id === "shortcuts") openShortcuts();
    else signOut();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen(Math.min(entries.length - 1, Math.max(0, current + step)));
    }
    const entry = entries[current];
    if (event.key === "Enter" && entry) {
      event.preventDefault();
      take(entry);
    }
  };
  return (
    <div className={classes.palette}>
      <TextInput
        variant="unstyled"
        size="lg"
        leftSection={<MagnifyingGlassIcon size={20} aria-hidden="true" />}
        placeholder={t("palette.hint")}
        aria-label={t("palette.hint")}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries.length > 0 ? `palette-${current}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        data-autofocus
        autoComplete="off"
      />
      <div id="palette-list" role="listbox" aria-label={t("palette.results")} className={classes.list}>
        {entries.map((entry, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field above has the focus and names the chosen one
          <div
            key={`${entry.kind} ${entry.id}`}
            id={`palette-${place}`}
            role="option"
            aria-selected={place === current}
            className={classes.entry}
            onClick={() => take(entry)}
            onPointerMove={() => setChosen(place)}
          >
            <EntryIcon entry={entry} />
            <span className="name" dir="auto">
              {entry.name}
            </span>
            <span className={classes.kind}>{t(`palette.kind.${entry.kind}`)}</span>
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className={classes.none}>{t("palette.none", { text })}</p>}
    </div>
  );
}

function EntryIcon({ entry }: { readonly entry: PaletteEntry }) {
  if (entry.kind === "player") return <SessionPortrait session={entry.session} size={22} />;
  const Picture =
    entry.kind === "view" ? viewOf(entry.id)?.icon : ACTION_ICONS[entry.id as keyof typeof ACTION_ICONS];
  return Picture ? <Picture size={18} aria-hidden="true" /> : null;
}
