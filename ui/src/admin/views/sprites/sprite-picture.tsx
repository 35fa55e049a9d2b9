/** One frame of a sheet, or somebody walking on the spot. */
import { useReducedMotion } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { sheetLayout } from "../../../player/view/sheet";
import { useAdmin } from "../../access/admin";
import classes from "./sprites.module.css";

export interface SpritePictureProps {
  /** A path of the server or a data URL. */
  readonly imageUrl: string;
  /** How the sheet is divided. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** CSS pixels. */
  readonly height: number;
  readonly walking?: boolean;
}

const FRAME_MS = 160;
/** Standing is a passing frame. */
const STANDING = 1;

export function SpritePicture({ imageUrl, metadata, height, walking = false }: SpritePictureProps) {
  const { platform } = useAdmin();
  const still = useReducedMotion() || !walking;
  const [image, setImage] = useState<HTMLImageElement | null>(null);
  const [frame, setFrame] = useState(STANDING);
  const address = imageUrl.startsWith("data:") ? imageUrl : new URL(imageUrl, platform.gateway()).href;

  useEffect(() => {
    const loading = new Image();
    let wanted = true;
    loading.onload = () => wanted && setImage(loading);
    loading.src = address;
    return () => {
      wanted = false;
    };
  }, [address]);

  useEffect(() => {
    if (still) {
      setFrame(STANDING);
      return;
    }
    const timer = window.setInterval(() => setFrame((before) => before + 1), FRAME_MS);
    return () => window.clearInterval(timer);
  }, [still]);

  const layout = image && sheetLayout({ metadata: { ...metadata } }, image);
  if (!image || !layout) return <div className={classes.picture} style={{ height, width: height * 0.6 }} />;
  const zoom = height / layout.frameHeight;
  const column = frame % layout.framesPerRow;
  return (
    <div
      className={classes.picture}
      style={{
        width: layout.frameWidth * zoom,
        height,
        backgroundImage: `url("${address}")`,
        backgroundSize: `${image.naturalWidth * zoom}px ${image.naturalHeight * zoom}px`,
        backgroundPosition: `${-column * layout.frameWidth * zoom}px 0`,
      }}
    />
  );
}
