/** Brings in a PNG sheet: shows it as it will be cut before it is sent. */
import { Button, NumberInput } from "@mantine/core";
import { ImageIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import { sentenceOf } from "../../api/client";
import { SpriteForm, SpriteNames } from "./sprite-form";
import { SpritePicture } from "./sprite-picture";
import classes from "./sprites.module.css";

interface Chosen {
  /** A data URL. */
  readonly image: string;
  readonly width: number;
  readonly height: number;
}

const ROWS = ["down", "left", "right", "up"] as const;

export function UploadDialog({ onClose }: { readonly onClose: (changed: boolean) => void }) {
  const { t } = useTranslation();
  const { api, platform } = useAdmin();
  const [name, setName] = useState("");
  const [category, setCategory] = useState("avatar");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [across, setAcross] = useState(4);
  const [down, setDown] = useState(4);
  const [trouble, setTrouble] = useState<string | null>(null);
  const metadata = chosen && {
    frameWidth: Math.floor(chosen.width / Math.max(1, across)),
    frameHeight: Math.floor(chosen.height / Math.max(1, down)),
    framesPerRow: across,
    rows: ROWS.slice(0, down),
  };
  const pick = async () => {
    setTrouble(null);
    try {
      const file = await platform.pickFile({ accept: "image/png" });
      if (!file) return;
      setChosen(await measured(file.content));
      if (name === "") setName(file.name.replace(/\.png$/i, ""));
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
  };
  return (
    <SpriteForm
      title={t("sprites.uploadTitle")}
      verb={t("sprites.upload")}
      onClose={onClose}
      onSubmit={async () => {
        if (!chosen) throw new Error(t("sprites.chooseFirst"));
        await api.post("/admin/assets/sprites", { name, category, image: chosen.image, metadata });
      }}
    >
      <div className={classes.stage}>
        {chosen && metadata ? (
          <SpritePicture imageUrl={chosen.image} metadata={metadata} height={140} walking />
        ) : (
          <ImageIcon size={40} weight="duotone" aria-hidden="true" />
        )}
        <Button variant="default" onClick={() => void pick()}>
          {t("sprites.choose")}
        </Button>
        {trouble && <p role="alert">{trouble}</p>}
      </div>
      {chosen && (
        <div className={classes.pair}>
          <NumberInput
            label={t("sprites.across")}
            value={across}
            min={1}
            max={16}
            onChange={(value) => setAcross(Math.max(1, Number(value) || 1))}
          />
          <NumberInput
            label={t("sprites.down")}
            value={down}
            min={1}
            max={4}
            onChange={(value) => setDown(Math.max(1, Number(value) || 1))}
          />
        </div>
      )}
      <SpriteNames name={name} category={category} onName={setName} onCategory={setCategory} first />
    </SpriteForm>
  );
}

async function measured(content: Blob): Promise<Chosen> {
  const image = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error());
    reader.readAsDataURL(content);
  });
  const picture = new Image();
  picture.src = image;
  await picture.decode();
  return { image, width: picture.naturalWidth, height: picture.naturalHeight };
}
