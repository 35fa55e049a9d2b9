/** The frame of the sprite dialogs: stays open with the reason when something is refused. */
import { Autocomplete, Button, Modal, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import frame from "../../dialogs/dialog-frame.module.css";
import { ActionButton } from "../../kit/action-button";
import { useSubmit } from "../../kit/use-submit";

export interface SpriteFormProps {
  readonly title: string;
  readonly verb: string;
  readonly onClose: (changed: boolean) => void;
  readonly onSubmit: () => Promise<unknown>;
  readonly children: ReactNode;
}

export function SpriteForm({ title, verb, onClose, onSubmit, children }: SpriteFormProps) {
  const { t } = useTranslation();
  const { busy, problem, submit } = useSubmit(async () => {
    await onSubmit();
    onClose(true);
  });
  return (
    <Modal opened onClose={() => onClose(false)} title={title}>
      <form onSubmit={submit}>
        <div className={frame.fields}>{children}</div>
        {problem !== null && (
          <p className={frame.problem} role="alert">
            {problem}
          </p>
        )}
        <div className={frame.foot}>
          <span className={frame.instead} />
          <Button variant="subtle" color="gray" onClick={() => onClose(false)}>
            {t("dialog.cancel")}
          </Button>
          <ActionButton right="sprites" type="submit" loading={busy}>
            {verb}
          </ActionButton>
        </div>
      </form>
    </Modal>
  );
}

const CATEGORIES = ["avatar", "prop"];

export interface SpriteNamesProps {
  readonly name: string;
  readonly category: string;
  readonly onName: (name: string) => void;
  readonly onCategory: (category: string) => void;
  /** The dialog begins with the name. */
  readonly first?: boolean;
}

export function SpriteNames({ name, category, onName, onCategory, first = false }: SpriteNamesProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t("sprites.name")}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
        {...(first && { "data-autofocus": true })}
        autoComplete="off"
        dir="auto"
      />
      <Autocomplete
        label={t("sprites.category")}
        description={t("sprites.categoryHelp")}
        value={category}
        onChange={onCategory}
        data={CATEGORIES}
      />
    </>
  );
}
