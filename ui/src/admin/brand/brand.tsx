/**
 * The mark and the wordmark. The i has no dot of its own: the dot is the lantern, and says how the server is.
 */
import { useId } from "react";
import classes from "./brand.module.css";

export type Lantern = "lit" | "starting" | "out" | "failed";

export function Mark({ size }: { readonly size: number }) {
  const hull = useId();
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" className={classes.mark}>
      <clipPath id={hull}>
        <path d="M3 24.5Q12 30 24 30T45 23.5C44.5 34.5 38 42.5 29 42.5H19C10 42.5 3.8 35 3 24.5Z" />
      </clipPath>
      <circle cx="12.8" cy="19" r="4.9" fill="var(--c-text-2)" />
      <circle cx="35.2" cy="19" r="4.9" fill="var(--c-text-2)" />
      <circle cx="24" cy="12" r="6.8" fill="var(--c-lantern-dot)" />
      <g clipPath={`url(#${hull})`}>
        <path d="M0 20h48v24H0z" fill="var(--c-accent)" />
        <path d="M31 20h17v24H26Q32 36 31 20Z" fill="#05121a" opacity="0.34" />
      </g>
    </svg>
  );
}

export function Wordmark({ lantern = "lit" }: { readonly lantern?: Lantern }) {
  return (
    <span className={classes.wordmark} role="img" aria-label="CoMutiNy" data-lantern={lantern}>
      <span aria-hidden="true">
        CoMut<span className={classes.i}>ı</span>Ny
      </span>
    </span>
  );
}
