/** Evening for everybody at once, or day again. It is a setting like others: audited, and kept over a restart. */
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../access/admin";
import { changeSettings } from "../api/calls";
import { sentenceOf } from "../api/client";
import { complain, notify } from "./use-done";

export interface Evening {
  readonly isEvening: boolean;
  /** What a press does. */
  readonly verb: string;
  readonly turn: () => Promise<void>;
}

export function useEvening(): Evening {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const isEvening = useMirror((mirror) => mirror.server.world.mood === "night") ?? false;
  const turn = async () => {
    try {
      await changeSettings(api, { world_mood: isEvening ? "day" : "night" });
      notify(t(isEvening ? "light.isDay" : "light.isEvening"));
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return { isEvening, verb: t(isEvening ? "light.day" : "light.evening"), turn };
}
