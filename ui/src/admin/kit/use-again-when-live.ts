/** Asks again, when the connection is back, for what could not be read while it was away. */
import { useEffect, useRef } from "react";
import { useIsLive } from "../access/admin";

export function useAgainWhenLive(wanted: boolean, reload: () => void): void {
  const live = useIsLive();
  const newest = useRef(wanted);
  newest.current = wanted;
  useEffect(() => {
    if (live && newest.current) reload();
  }, [live, reload]);
}
