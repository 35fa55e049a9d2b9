/** An item of a menu for something not everybody may do; where it cannot be used it says why. */
import { Menu, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHindrance } from "../access/admin";
import type { Right } from "../contract";

export interface MenuActionProps {
  readonly right: Right;
  /** A reason of the caller's own. */
  readonly why?: string | null | undefined;
  readonly icon: ReactNode;
  readonly harsh?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function MenuAction({ right, why = null, icon, harsh = false, onClick, children }: MenuActionProps) {
  const { t } = useTranslation();
  const hindrance = useHindrance(right);
  const reason = hindrance ? t(`why.${hindrance}`) : why;
  const look = { leftSection: icon, ...(harsh && { color: "red" }) };
  if (reason === null) {
    return (
      <Menu.Item {...look} onClick={onClick} closeMenuOnClick>
        {children}
      </Menu.Item>
    );
  }
  return (
    <Tooltip label={reason} position="left" openDelay={0}>
      <Menu.Item
        {...look}
        data-disabled
        aria-disabled="true"
        aria-description={reason}
        closeMenuOnClick={false}
      >
        {children}
      </Menu.Item>
    </Tooltip>
  );
}
