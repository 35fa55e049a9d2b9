/** Draws somebody from a few words; the picture follows the words while one types. */
import { Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import { useResource } from "../../kit/use-resource";
import { SpriteForm, SpriteNames } from "./sprite-form";
import { SpritePicture } from "./sprite-picture";
import classes from "./sprites.module.css";

const REST_MS = 300;

export function GenerateDialog({ onClose }: { readonly onClose: (changed: boolean) => void }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [name, setName] = useState("");
  const [category, setCategory] = useState("avatar");
  const [description, setDescription] = useState("");
  const [words] = useDebouncedValue(description.trim(), REST_MS);
  const order = {
    name: name.trim(),
    category,
    generator: "procedural" as const,
    description: description.trim(),
  };
  const { resource } = useResource(words, () => calls.previewSprite(api, { ...order, description: words }));
  return (
    <SpriteForm
      title={t("sprites.drawTitle")}
      verb={t("sprites.keep")}
      onClose={onClose}
      onSubmit={() => calls.generateSprite(api, order)}
    >
      <div className={classes.stage}>
        {resource.kind === "ready" ? (
          <SpritePicture
            imageUrl={resource.value.image}
            metadata={resource.value.metadata}
            height={140}
            walking
          />
        ) : resource.kind === "failed" ? (
          <p>{resource.message}</p>
        ) : (
          <Skeleton height={140} width={84} />
        )}
      </div>
      <TextInput
        label={t("sprites.describe")}
        description={t("sprites.describeHelp")}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
        autoComplete="off"
      />
      <SpriteNames name={name} category={category} onName={setName} onCategory={setCategory} />
    </SpriteForm>
  );
}
