/**
 * A button for something not everybody may do. Where it cannot be used it stays in reach of keyboard and screen
 * reader, and says why.
 */
import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHindrance } from "../access/admin";
import type { Right } from "../contract";

export interface ActionButtonProps extends Omit<ButtonProps, "disabled" | "right"> {
  /** `null`: anybody who may look, while the connection lasts. */
  readonly right: Right | null;
  /** A reason of the view's own. */
  readonly why?: string | null | undefined;
  readonly onClick?: () => void;
  readonly type?: "button" | "submit";
  readonly autoFocus?: boolean;
  readonly children: ReactNode;
}

export function ActionButton({ right, why, onClick, children, type = "button", ...rest }: ActionButtonProps) {
  const { t } = useTranslation();
  const hindrance = useHindrance(right);
  const reason = hindrance ? t(`why.${hindrance}`) : (why ?? null);
  if (reason === null) {
    return (
      <Button type={type} {...(onClick && { onClick })} {...rest}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={reason} openDelay={0}>
      <Button
        type="button"
        data-disabled
        aria-disabled="true"
        aria-description={reason}
        {...rest}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
