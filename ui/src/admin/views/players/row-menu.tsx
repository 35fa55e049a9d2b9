/** The menu of one row, at the pointer or under the row's button. One for the whole table. */
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AdminSession } from "../../contract";
import { ActionItems } from "../../people/action-items";
import { targetOfSession } from "../../people/target";

import classes from "./players.module.css";

export interface MenuSpot {
  readonly session: AdminSession;
  readonly at: { readonly x: number; readonly y: number };
}

export interface RowMenuProps {
  readonly spot: MenuSpot | null;
  readonly onClose: () => void;
  readonly onOpen: (sessionId: string) => void;
}

export function RowMenu({ spot, onClose, onOpen }: RowMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu opened={spot !== null} onClose={onClose} position="bottom-start" width={190}>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("players.menuColumn")}
          className={classes.anchor}
          style={{ left: spot?.at.x ?? 0, top: spot?.at.y ?? 0 }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {spot && (
          <>
            <Menu.Item onClick={() => onOpen(spot.session.id)}>{t("players.details")}</Menu.Item>
            <Menu.Divider />
            <ActionItems target={targetOfSession(spot.session, t("players.nameless"))} />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
