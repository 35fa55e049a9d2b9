/** The settings of this computer as React state, and ways to change them that say what became of it. */
import { useTranslation } from "react-i18next";
import { languageOf } from "../../../languages";
import type { AppSettings, Computer, ComputerSettings } from "../../../platform";
import { sentenceOf } from "../../api/client";
import type { Resource } from "../../kit/reading";
import { complain, notify } from "../../kit/use-done";
import { useResource } from "../../kit/use-resource";
import { speak } from "../../text/i18n";

export interface ComputerState {
  readonly resource: Resource<ComputerSettings>;
  reload(): void;
  /** Settings of the window count at once. */
  change(app: Partial<AppSettings>): Promise<void>;
  autostart(on: boolean): Promise<void>;
  /** Runs something that may be refused or called off (`false`, `null`); says so. */
  attempt<T>(work: () => Promise<T>, done?: string | ((answer: NonNullable<T>) => string)): Promise<void>;
}

export function useComputer(computer: Computer): ComputerState {
  const { t } = useTranslation();
  const { resource, reload, put } = useResource("computer", () => computer.settings());

  const save = async (app: Partial<AppSettings>, autostart?: boolean) => {
    if (resource.kind !== "ready") return;
    const before = resource.value;
    const next = { ...before, app: { ...before.app, ...app }, autostart: autostart ?? before.autostart };
    put(next);
    try {
      await computer.saveApp(next.app, next.autostart);
      if (app.language) {
        const chosen = app.language === "system" ? null : app.language;
        speak(languageOf([chosen, ...navigator.languages]));
      }
    } catch (error) {
      put(before);
      complain(sentenceOf(error));
    }
  };

  return {
    resource,
    reload,
    change: (app) => save(app),
    autostart: (on) => save({}, on),
    attempt: async (work, done) => {
      try {
        const answer = await work();
        if (answer === false || answer === null) return;
        if (typeof done === "string") notify(done);
        else if (done && answer !== undefined) notify(done(answer));
        reload();
      } catch (error) {
        complain(sentenceOf(error) || t("computer.failed"));
      }
    },
  };
}
