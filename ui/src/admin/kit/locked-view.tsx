/** In place of a view whose data this role may not read: says who may. */
import { LockKeyIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { hindranceOf } from "../access/rights";
import type { Right } from "../contract";
import { Empty } from "./states";

export function LockedView({ right }: { readonly right: Right }) {
  const { t } = useTranslation();
  const hindrance = hindranceOf(right, [], "live");
  return (
    <Empty icon={LockKeyIcon}>
      {t(hindrance === "needsHost" ? "state.forHosts" : "state.forModerators")}
    </Empty>
  );
}
