/** Makes a bot: a name, and what its token may do, in words. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import { addService } from "../api/calls";
import type { Scope, ServiceAnswer } from "../contract";
import { Choices } from "./choices";
import { DialogFrame } from "./dialog-frame";
import { NameField } from "./name-field";

const SCOPES: readonly Scope[] = ["read", "moderate", "announce", "join"];

export interface NewBotDialogProps {
  readonly onMade: (made: ServiceAnswer) => void;
}

export function NewBotDialog({ onMade }: NewBotDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["read"]);
  return (
    <DialogFrame
      question={t("newBot.question")}
      consequence={t("newBot.consequence")}
      verb={t("newBot.verb")}
      tone="plain"
      right="services"
      incomplete={
        name.trim() === "" ? t("newBot.nameFirst") : scopes.length === 0 ? t("newBot.scopeFirst") : null
      }
      onSubmit={async () => onMade(await addService(api, { name: name.trim(), scopes }))}
    >
      <NameField label={t("newBot.name")} value={name} onChange={setName} />
      <Choices
        label={t("newBot.may")}
        all={SCOPES}
        chosen={scopes}
        onChange={setScopes}
        name={(scope) => t(`bots.scope.${scope}`)}
        about={(scope) => t(`newBot.about.${scope}`)}
      />
    </DialogFrame>
  );
}
