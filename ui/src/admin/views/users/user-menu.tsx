/** What can be done to an account. */
import { ActionIcon, Menu } from "@mantine/core";
import { ClockCountdownIcon, DotsThreeIcon, KeyIcon, LockOpenIcon, TrashIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMe } from "../../access/admin";
import * as calls from "../../api/calls";
import { sentenceOf } from "../../api/client";
import type { UserView } from "../../contract";
import { MenuAction } from "../../kit/menu-action";
import tools from "../../kit/tools.module.css";
import { complain, useDone } from "../../kit/use-done";
import { openDialog } from "../../state/dialog";
import { usersChanged } from "../../state/users-changed";

export function UserMenu({ user }: { readonly user: UserView }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const me = useMe();
  const out = user.isBanned || user.suspensionUntil !== null;
  const own = me.id === user.id ? t("why.own") : null;
  const lift = async () => {
    try {
      const { action } = await calls.changeUser(api, user.id, {
        isBanned: false,
        suspensionUntil: null,
        suspensionReason: null,
      });
      usersChanged();
      done(t("users.lifted", { name: user.username }), action);
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps a click on the menu from choosing the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: it does nothing of its own
    <div className={tools.rowActions} onClick={(event) => event.stopPropagation()}>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon aria-label={t("players.menuOf", { name: user.username })}>
            <DotsThreeIcon size={18} weight="bold" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuAction
            right="users"
            why={own}
            icon={<KeyIcon size={16} />}
            onClick={() => openDialog({ kind: "password", user })}
          >
            {t("users.password")}
          </MenuAction>
          {out ? (
            <MenuAction right="ban" why={own} icon={<LockOpenIcon size={16} />} onClick={() => void lift()}>
              {t("users.lift")}
            </MenuAction>
          ) : (
            <MenuAction
              right="ban"
              why={own}
              icon={<ClockCountdownIcon size={16} />}
              onClick={() => openDialog({ kind: "suspend", user })}
            >
              {t("users.suspend")}
            </MenuAction>
          )}
          <Menu.Divider />
          <MenuAction
            right="users"
            why={own}
            harsh
            icon={<TrashIcon size={16} />}
            onClick={() => openDialog({ kind: "remove-user", user })}
          >
            {t("users.remove")}
          </MenuAction>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
