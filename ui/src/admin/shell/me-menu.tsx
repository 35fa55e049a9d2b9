/** Who is signed in, at the foot of the sidebar, and what is theirs: language, keys, leaving. */
import { Menu, UnstyledButton } from "@mantine/core";
import {
  ArrowSquareOutIcon,
  CheckIcon,
  DotsThreeIcon,
  KeyboardIcon,
  SignOutIcon,
} from "@phosphor-icons/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGE_CODES, LANGUAGES } from "../../languages";
import { useAdmin, useMe, useMirror } from "../access/admin";
import { useOpenWorld } from "../kit/use-open-world";
import { PersonPortrait } from "../people/person-portrait";
import { openShortcuts } from "../state/overlay";
import { chooseLanguage } from "../text/i18n";
import classes from "./me-menu.module.css";
import { UpdateItem } from "./update-line";

export function MeMenu() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <MeMenuFrame position="top-start" width={220} className={classes.me}>
      <span className={classes.who}>
        <span className={`${classes.name} name`}>{me.name}</span>
        <span className={classes.role}>{t(`role.${me.role}`)}</span>
      </span>
      <DotsThreeIcon size={18} weight="bold" aria-hidden="true" />
    </MeMenuFrame>
  );
}

interface MeMenuFrameProps {
  readonly position: "top" | "top-start";
  readonly width: number;
  readonly className: string | undefined;
  /** Beside the portrait: who it is. */
  readonly children: ReactNode;
}

/** The portrait of who is signed in as a button, and the menu behind it. */
export function MeMenuFrame({ position, width, className, children }: MeMenuFrameProps) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Menu position={position} width={width}>
      <Menu.Target>
        <UnstyledButton className={className ?? ""} aria-label={t("me.menu", { name: me.name })}>
          <PersonPortrait person={{ kind: "account", subject: me.id }} id={me.id} size={30} />
          {children}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <MeItems />
      </Menu.Dropdown>
    </Menu>
  );
}

function MeItems() {
  const { t, i18n } = useTranslation();
  const { platform, signOut } = useAdmin();
  const openWorld = useOpenWorld();
  const version = useMirror((mirror) => mirror.server.version);
  return (
    <>
      <Menu.Label>{t("me.language")}</Menu.Label>
      {LANGUAGE_CODES.map((language) => (
        <Menu.Item
          key={language}
          lang={language}
          aria-current={i18n.language === language || undefined}
          rightSection={i18n.language === language && <CheckIcon size={15} aria-hidden="true" />}
          onClick={() => chooseLanguage(language)}
        >
          {LANGUAGES[language]}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<KeyboardIcon size={16} />} onClick={openShortcuts}>
        {t("me.shortcuts")}
      </Menu.Item>
      <Menu.Item leftSection={<ArrowSquareOutIcon size={16} />} onClick={() => void openWorld()}>
        {t("me.world")}
      </Menu.Item>
      <Menu.Item
        leftSection={<ArrowSquareOutIcon size={16} />}
        onClick={() => platform.openLink(`${platform.gateway()}/ui/third-party-notices.txt`)}
      >
        {t("me.notices")}
      </Menu.Item>
      <UpdateItem />
      {version !== null && <Menu.Label className="tnum">CoMutiNy {version}</Menu.Label>}
      {platform.sessionToken() === null && (
        <Menu.Item leftSection={<SignOutIcon size={16} />} onClick={signOut}>
          {t("me.signOut")}
        </Menu.Item>
      )}
    </>
  );
}
