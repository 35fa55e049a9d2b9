/** Around a control that is switched off: why, under the pointer; nothing around one that works. */
import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Hindrance } from "../access/rights";

export interface WhyNotProps {
  readonly hindrance: Hindrance;
  /** Of what stands around the control while it is off. */
  readonly className?: string | undefined;
  readonly children: ReactElement;
}

export function WhyNot({ hindrance, className, children }: WhyNotProps) {
  const { t } = useTranslation();
  if (hindrance === null) return children;
  // A switched-off control hears no pointer.
  return (
    <Tooltip label={t(`why.${hindrance}`)} openDelay={0}>
      <div className={className}>{children}</div>
    </Tooltip>
  );
}
