/** Beside the filter: which people, which columns, how dense, and the one button that concerns everybody. */
import { ActionIcon, Menu, SegmentedControl, Tooltip } from "@mantine/core";
import { CheckIcon, DoorOpenIcon, RowsIcon, SlidersHorizontalIcon } from "@phosphor-icons/react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../format/use-format";
import { MenuAction } from "../../kit/menu-action";
import { openDialog } from "../../state/dialog";
import { countSegments, SEGMENTS, type Sessions, SORT_KEYS, type SortKey } from "./arrange";
import { PLACES, type Place } from "./places";
import classes from "./players.module.css";

export interface PlayersToolsProps {
  readonly sessions: Sessions | null;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
  readonly shown: readonly SortKey[];
  readonly onShown: (shown: readonly SortKey[]) => void;
  readonly compact: boolean;
  readonly onCompact: (compact: boolean) => void;
  /** The order rests while the pointer is on the rows. */
  readonly frozen: boolean;
}

export function PlayersTools({ sessions, place, onPlace, frozen, ...rest }: PlayersToolsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useMemo(() => (sessions === null ? null : countSegments(sessions)), [sessions]);
  // Most worlds never see a bot.
  const shown = PLACES.filter((it) => it !== "bots" || place === "bots" || (counts?.bots ?? 0) > 0);
  const label = (each: Place) => {
    const segment = SEGMENTS.find((it) => it === each);
    const words = t(`players.segment.${each}`);
    return segment && counts ? `${words} ${format.count(counts[segment])}` : words;
  };
  return (
    <>
      <div className={classes.segments}>
        <SegmentedControl
          aria-label={t("players.segments")}
          value={place}
          onChange={(value) => {
            const chosen = PLACES.find((each) => each === value);
            if (chosen) onPlace(chosen);
          }}
          data={shown.map((value) => ({ value, label: label(value) }))}
        />
      </div>
      <div className={classes.end}>
        <span className={classes.paused} aria-hidden="true">
          {frozen && t("players.paused")}
        </span>
        <TableMenu {...rest} />
      </div>
    </>
  );
}

type TableMenuProps = Pick<PlayersToolsProps, "shown" | "onShown" | "compact" | "onCompact">;

function TableMenu({ shown, onShown, compact, onCompact }: TableMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={230} closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label={t("players.tableMenu")}>
          <ActionIcon aria-label={t("players.tableMenu")}>
            <SlidersHorizontalIcon size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("players.columns")}</Menu.Label>
        {SORT_KEYS.filter((key) => key !== "name").map((key) => {
          const on = shown.includes(key);
          return (
            <Menu.Item
              key={key}
              role="menuitemcheckbox"
              aria-checked={on}
              rightSection={on && <CheckIcon size={15} aria-hidden="true" />}
              onClick={() => onShown(SORT_KEYS.filter((each) => (each === key ? !on : shown.includes(each))))}
            >
              {t(`players.column.${key}`)}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={compact}
          leftSection={<RowsIcon size={16} />}
          rightSection={compact && <CheckIcon size={15} aria-hidden="true" />}
          onClick={() => onCompact(!compact)}
        >
          {t("players.compact")}
        </Menu.Item>
        <Menu.Divider />
        <MenuAction
          right="kick-all"
          harsh
          icon={<DoorOpenIcon size={16} />}
          onClick={() => openDialog({ kind: "kick-all" })}
        >
          {t("act.kickAll")}
        </MenuAction>
      </Menu.Dropdown>
    </Menu>
  );
}
