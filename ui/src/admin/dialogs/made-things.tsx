/**
 * What a host made that outlives them: the tokens of bots and the secrets of webhooks, which they may have kept. Who
 * demotes, suspends, bans or deletes them reads the names and may end them with it.
 */
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMe } from "../access/admin";
import * as calls from "../api/calls";
import type { Actor } from "../contract";
import { useResource } from "../kit/use-resource";
import { useNames } from "../people/use-names";
import { madeBy, NOTHING } from "./made-by";

export interface MadeThings {
  /** Ends what was chosen; rejects with a sentence. */
  end(): Promise<void>;
  /** Why it cannot go on yet; `null` when it can. */
  readonly incomplete: string | null;
  /** Between the other fields. */
  readonly field: React.ReactNode;
}

/** `null` for somebody without an account: only accounts make such things. Whoever was a host once counts as well. */
export function useMadeThings(maker: Actor | null): MadeThings {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const names = useNames();
  const [isEnded, setEnded] = useState(true);
  const { rights } = useMe();
  const maySee = rights.includes("services") && rights.includes("webhooks");
  const look = async (signal?: AbortSignal) => {
    const [{ services }, { webhooks }] = await Promise.all([
      calls.services(api, signal),
      calls.webhooks(api, signal),
    ]);
    return maker === null ? NOTHING : madeBy(maker.id, services, webhooks);
  };
  const { resource } = useResource(`made by ${maker?.id}`, (signal) =>
    maySee && maker !== null ? look(signal) : Promise.resolve(NOTHING),
  );
  const { bots, hooks } = resource.kind === "ready" ? resource.value : NOTHING;
  const isAnything = bots.length + hooks.length > 0;
  return {
    end: async () => {
      if (!isEnded || !isAnything) return;
      // As it is now: a second try does not stumble over what the first one ended.
      const { bots, hooks } = await look();
      for (const { id } of bots) await calls.revokeService(api, id);
      for (const { id } of hooks) await calls.removeWebhook(api, id);
    },
    incomplete: resource.kind === "loading" ? t("made.loading") : null,
    field: (
      <>
        {resource.kind === "failed" && <p role="alert">{t("made.failed", { why: resource.message })}</p>}
        {isAnything && (
          <Checkbox
            size="sm"
            checked={isEnded}
            onChange={(event) => setEnded(event.currentTarget.checked)}
            label={t("made.end", { names: names([...bots, ...hooks].map((it) => it.name)) })}
            description={t("made.why", { name: maker?.name })}
          />
        )}
      </>
    ),
  };
}
