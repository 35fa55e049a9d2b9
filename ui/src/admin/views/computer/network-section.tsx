/** How the world is reached: its port, and by whom. */
import { NumberInput, SegmentedControl } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Computer, ComputerSettings } from "../../../platform";
import { DraftFoot } from "./draft-foot";
import { FormRow, FormSection } from "./rows";
import { useDrafts } from "./use-drafts";

const PORT = "server_port";
const HOST = "server_host";
/** Each first name is what is written; worlds of earlier versions and careful hosts have the others. */
const LOCAL = ["127.0.0.1", "::1"] as const;
const LAN = ["::", "0.0.0.0"] as const;

export interface NetworkSectionProps {
  readonly computer: Computer;
  readonly settings: ComputerSettings;
  readonly onSaved: () => void;
}

export function NetworkSection({ computer, settings, onSaved }: NetworkSectionProps) {
  const { t } = useTranslation();
  const portId = useId();
  const own = settings.server.filter(({ key }) => key === PORT || key === HOST);
  const drafts = useDrafts(computer, own, onSaved);
  const port = own.find(({ key }) => key === PORT);
  const host = own.find(({ key }) => key === HOST);
  if (!port || !host) return null;
  const [local, lan] = [LOCAL, LAN].map((hosts) => groupOf(hosts, drafts.valueOf(host)));
  const listens = local ?? lan ?? drafts.valueOf(host);
  return (
    <FormSection title={t("computer.network")}>
      <FormRow
        name={t("computer.port")}
        htmlFor={portId}
        help={port.lockedBy ? t("computer.lockedBy", { name: port.lockedBy }) : t("computer.portHelp")}
      >
        <NumberInput
          id={portId}
          w={120}
          min={0}
          max={65_535}
          allowDecimal={false}
          allowNegative={false}
          disabled={port.lockedBy !== null}
          value={drafts.valueOf(port)}
          error={drafts.problemOf(port)}
          onChange={(value) => drafts.put(port, value === "" ? null : String(value))}
        />
      </FormRow>
      <FormRow
        name={t("computer.reach")}
        help={host.lockedBy ? t("computer.lockedBy", { name: host.lockedBy }) : t("computer.reachHelp")}
      >
        <SegmentedControl
          aria-label={t("computer.reach")}
          disabled={host.lockedBy !== null}
          value={listens}
          data={[
            { value: LOCAL[0], label: t("computer.reachLocal") },
            { value: LAN[0], label: t("computer.reachLan") },
            ...(local || lan ? [] : [{ value: listens, label: listens }]),
          ]}
          onChange={(value) => drafts.put(host, value)}
        />
      </FormRow>
      <DraftFoot drafts={drafts} />
    </FormSection>
  );
}

/** Both ways to write it are one choice. */
function groupOf(hosts: readonly [string, ...string[]], host: string): string | undefined {
  return hosts.includes(host) ? hosts[0] : undefined;
}
