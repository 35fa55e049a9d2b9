/** Brings in a PNG sheet: shows it as it will be divided before it is sent. */
import { Button, NumberInput } from "@mantine/core";
import { ImageIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import { uploadSprite } from "../../api/calls";
import { sentenceOf } from "../../api/client";
import { LIMITS, type OddSide, oddSide, ROWS, tooLarge, wholeNumber } from "./sheet";
import { SpriteForm, SpriteNames } from "./sprite-form";
import { SpritePicture } from "./sprite-picture";
import classes from "./sprites.module.css";

interface Chosen {
  /** A data URL. */
  readonly image: string;
  readonly width: number;
  readonly height: number;
}

export function UploadDialog({ onClose }: { readonly onClose: (changed: boolean) => void }) {
  const { t } = useTranslation();
  const { api, platform } = useAdmin();
  const [name, setName] = useState("");
  /** Somebody typed the name: then no file changes it. */
  const [named, setNamed] = useState(false);
  const [category, setCategory] = useState("avatar");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [across, setAcross] = useState(4);
  const [down, setDown] = useState(4);
  const [trouble, setTrouble] = useState<string | null>(null);
  const odd = chosen === null ? null : oddSide(chosen, across, down);
  const metadata = chosen && {
    frameWidth: Math.floor(chosen.width / across),
    frameHeight: Math.floor(chosen.height / down),
    framesPerRow: across,
    rows: ROWS.slice(0, down),
  };
  const pick = async () => {
    setTrouble(null);
    try {
      const file = await platform.pickFile({ accept: "image/png" });
      if (!file) return;
      const sheet = await measured(file.content);
      const why = tooLarge(file.content, sheet);
      if (why !== null) throw new Error(t(`sprites.${why}`, { ...LIMITS, ...sheet }));
      setChosen(sheet);
      if (!named) setName(file.name.replace(/\.png$/i, "").slice(0, LIMITS.name));
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
        if (odd) throw new Error(oddWords(odd));
        await uploadSprite(api, { name, category, image: chosen.image, ...(metadata && { metadata }) });
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
        {trouble ? (
          <p className={classes.refused} role="alert">
            {trouble}
          </p>
        ) : (
          <p className={classes.limits}>{t("sprites.limits", LIMITS)}</p>
        )}
      </div>
      {chosen && (
        <div className={classes.pair}>
          <NumberInput
            label={t("sprites.across")}
            description={t("sprites.from1to", { most: LIMITS.across })}
            value={across}
            min={1}
            max={LIMITS.across}
            clampBehavior="strict"
            allowDecimal={false}
            onChange={(value) => setAcross(wholeNumber(value, LIMITS.across))}
            error={odd?.side === "width"}
          />
          <NumberInput
            label={t("sprites.down")}
            description={t("sprites.from1to", { most: LIMITS.down })}
            value={down}
            min={1}
            max={LIMITS.down}
            clampBehavior="strict"
            allowDecimal={false}
            onChange={(value) => setDown(wholeNumber(value, LIMITS.down))}
            error={odd?.side === "height"}
          />
        </div>
      )}
      {odd && (
        <p className={classes.odd} role="alert">
          {oddWords(odd)}
        </p>
      )}
      <SpriteNames
        name={name}
        category={category}
        onName={(typed) => {
          setNamed(typed !== "");
          setName(typed);
        }}
        onCategory={setCategory}
        first
      />
    </SpriteForm>
  );

  function oddWords({ side, pixels, frames }: OddSide): string {
    return t(side === "width" ? "sprites.oddWidth" : "sprites.oddHeight", { pixels, frames });
  }
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
