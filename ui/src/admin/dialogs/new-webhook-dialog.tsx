/** Makes a webhook: a name, where to, and of what it is told. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import { addWebhook } from "../api/calls";
import type { HookEvent, WebhookAnswer } from "../contract";
import { Choices } from "./choices";
import { DialogFrame } from "./dialog-frame";
import { NameField } from "./name-field";

const EVENTS: readonly Exclude<HookEvent, "test">[] = ["report", "ban", "kick", "crowd", "trouble"];
/** From the contract. */
const LONGEST_URL = 500;

export interface NewWebhookDialogProps {
  readonly onMade: (made: WebhookAnswer) => void;
}

export function NewWebhookDialog({ onMade }: NewWebhookDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<string[]>(["report", "trouble"]);
  const missing = () => {
    if (name.trim() === "") return t("newHook.nameFirst");
    if (url.trim() === "") return t("newHook.urlFirst");
    return events.length === 0 ? t("newHook.eventFirst") : null;
  };
  return (
    <DialogFrame
      question={t("newHook.question")}
      consequence={t("newHook.consequence")}
      verb={t("newHook.verb")}
      tone="plain"
      right="webhooks"
      incomplete={missing()}
      onSubmit={async () => onMade(await addWebhook(api, { name: name.trim(), url: url.trim(), events }))}
    >
      <NameField label={t("newHook.name")} value={name} onChange={setName} />
      <TextInput
        label={t("newHook.url")}
        placeholder="https://example.org/hook"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        maxLength={LONGEST_URL}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
      />
      <Choices
        label={t("newHook.of")}
        all={EVENTS}
        chosen={events}
        onChange={setEvents}
        name={(event) => t(`hooks.event.${event}`)}
        about={(event) => t(`newHook.about.${event}`)}
      />
    </DialogFrame>
  );
}
