/** Asks before another view, a reload or a closed tab takes away what was typed and not saved. */
import { Button, Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentHash, objectTo } from "../route/address";
import frame from "./dialog-frame.module.css";

export interface LeavingAsksProps {
  /** How many changes are not saved; nothing is asked for none. */
  readonly unsaved: number;
}

/** Where somebody goes who said that they leave; two forms of one view ask only once. */
let agreed: string | null = null;

export function LeavingAsks({ unsaved }: LeavingAsksProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<string | null>(null);
  const asks = unsaved > 0;

  useEffect(() => {
    if (!asks) return;
    const letGo = objectTo((hash) => {
      if (hash === agreed || viewIn(hash) === viewIn(currentHash())) return true;
      agreed = null;
      setWanted(hash);
      return false;
    });
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", onUnload);
    return () => {
      letGo();
      window.removeEventListener("beforeunload", onUnload);
    };
  }, [asks]);

  if (wanted === null) return null;
  const stay = () => setWanted(null);
  return (
    <Modal.Root opened onClose={stay} size={440} centered returnFocus>
      <Modal.Overlay blur={0} color="var(--c-backdrop)" backgroundOpacity={1} />
      <Modal.Content radius="xl">
        <form
          className={frame.form}
          onSubmit={(event) => {
            event.preventDefault();
            agreed = wanted;
            window.location.hash = wanted;
            setWanted(null);
          }}
        >
          <div className={frame.head}>
            <Modal.Title className={frame.question ?? ""}>{t("unsaved.question")}</Modal.Title>
          </div>
          <Modal.Body p={0} className={frame.consequence ?? ""}>
            {t("unsaved.consequence", { count: unsaved })}
          </Modal.Body>
          <div className={frame.foot}>
            <span className={frame.instead} />
            <Button variant="default" onClick={stay} data-autofocus>
              {t("unsaved.stay")}
            </Button>
            <Button type="submit" color="red">
              {t("unsaved.leave")}
            </Button>
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}

/** `#/settings?part=x` is the view `settings`. */
function viewIn(hash: string): string {
  return /^#\/?([^/?]*)/.exec(hash)?.[1] ?? "";
}
