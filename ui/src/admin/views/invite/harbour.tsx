/** The harbour at night behind the QR code. Decoration. */
import { useEffect, useRef } from "react";
import { NightMap } from "../dashboard/night-map";
import classes from "./invite.module.css";

export function Harbour() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const map = new NightMap(element);
    const observer = new ResizeObserver(() => {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0) return;
      map.resize({ width, height }, window.devicePixelRatio || 1, "cover");
      map.draw([]);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus
  return <canvas ref={canvas} className={classes.harbour} aria-hidden="true" />;
}
