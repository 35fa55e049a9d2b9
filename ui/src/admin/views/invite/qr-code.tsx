/** A QR code, dark on white in both schemes: cameras expect it so. */
import { useMemo } from "react";
import classes from "./invite.module.css";
import { qrPath } from "./qr";

/** Modules of white around the code, from the standard. */
const QUIET = 2;

export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className={classes.qr}
      viewBox={`${-QUIET} ${-QUIET} ${size + 2 * QUIET} ${size + 2 * QUIET}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#0A1118" />
    </svg>
  );
}
