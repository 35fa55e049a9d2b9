/** On the map: evening for everybody at once. */
import { MoonIcon, SunIcon } from "@phosphor-icons/react";
import { useMirror } from "../../access/admin";
import { ActionButton } from "../../kit/action-button";
import { useEvening } from "../../kit/use-evening";
import classes from "./evening-button.module.css";

export function EveningButton() {
  const { isEvening, verb, turn } = useEvening();
  const known = useMirror(() => true) ?? false;
  if (!known) return null;
  return (
    <ActionButton
      right="settings"
      variant="default"
      className={classes.button ?? ""}
      leftSection={isEvening ? <SunIcon size={16} /> : <MoonIcon size={16} />}
      onClick={() => void turn()}
    >
      {verb}
    </ActionButton>
  );
}
