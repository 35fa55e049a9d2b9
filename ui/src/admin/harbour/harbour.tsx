/** The harbour at night behind what is asked or shown. Decoration. */
import { useEffect, useRef } from "react";
import { BUILT_IN } from "./built-in";
import { NightMap } from "./night-map";

export function Harbour() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const map = new NightMap(element, BUILT_IN);
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
  return <canvas ref={canvas} aria-hidden="true" />;
}
