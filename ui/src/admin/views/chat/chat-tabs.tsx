/** Which lines the chat shows: as they come, those that wait for a moderator, the archive, what was removed. */
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { messages } from "../../api/lists";
import { useFormat } from "../../format/use-format";
import tools from "../../kit/tools.module.css";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";

const STATUSES = ["live", "held", "all", "removed"] as const;
export type StatusFilter = (typeof STATUSES)[number];

interface ChatTabsProps {
  readonly status: StatusFilter;
  readonly onChoose: (status: StatusFilter) => void;
}

/** Each list with how many are in it; what is live has no number. */
export function ChatTabs({ status, onChoose }: ChatTabsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useCounts();
  // Where lines are not held none ever waits.
  const holds = useMirror((mirror) => mirror.server.holdsLines) ?? false;
  const shown = STATUSES.filter(
    (each) => each !== "held" || holds || status === "held" || (counts.held ?? 0) > 0,
  );
  return (
    <SegmentedControl
      aria-label={t("chat.which")}
      value={status}
      onChange={(value) => onChoose(STATUSES.find((each) => each === value) ?? "live")}
      data={shown.map((value) => ({
        value,
        label: (
          <span className={tools.tab}>
            {t(`chat.status.${value}`)}
            <Count of={counts[value]} waits={value === "held"} words={format.count} />
          </span>
        ),
      }))}
    />
  );
}

interface CountProps {
  readonly of: number | undefined;
  readonly waits: boolean;
  readonly words: (count: number) => string;
}

function Count({ of: count, waits, words }: CountProps) {
  if (count === undefined) return null;
  return <b data-tone={waits && count > 0 ? "warn" : undefined}>{words(count)}</b>;
}

function useCounts(): Readonly<Partial<Record<StatusFilter, number>>> {
  const { api } = useAdmin();
  const held = useMirror((mirror) => mirror.held.length) ?? 0;
  const { resource, reload } = useResource("message counts", async (signal) => {
    const [all, removed] = await Promise.all(
      (["all", "removed"] as const).map((each) => messages(api, { status: each, limit: 1 }, signal)),
    );
    return { all: all?.total ?? 0, removed: removed?.total ?? 0 };
  });
  useReloadOn(
    useMirror((mirror) => mirror.actions[0]?.id ?? ""),
    reload,
  );
  return resource.kind === "ready" ? { held, ...resource.value } : { held };
}
