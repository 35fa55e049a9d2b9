/**
 * A button of one icon for something not everybody may do. Like `ActionButton` it stays in reach where it cannot be used,
 * and says why.
 */
import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHindrance } from "../access/admin";
import type { Right } from "../contract";

export interface IconActionProps {
  readonly right: Right;
  /** What it does and to whom, for screen readers. */
  readonly label: string;
  /** The verb, shown under the pointer. */
  readonly verb: string;
  readonly className?: string | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function IconAction({ right, label, verb, className = "", onClick, children }: IconActionProps) {
  const { t } = useTranslation();
  const hindrance = useHindrance(right);
  const reason = hindrance && t(`why.${hindrance}`);
  return (
    <Tooltip label={reason ?? verb}>
      <ActionIcon
        aria-label={label}
        className={className}
        {...(reason === null
          ? { onClick }
          : { "data-disabled": true, "aria-disabled": true, "aria-description": reason })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
