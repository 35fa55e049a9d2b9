/** Before anybody is signed in: the harbour at night and one card. */
import { Menu, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGE_CODES, LANGUAGES, languageOf } from "../../languages";
import { Harbour } from "../harbour/harbour";
import { chooseLanguage } from "../text/i18n";
import classes from "./access-page.module.css";
import { type Lantern, Mark, Wordmark } from "./brand";

export interface AccessPageProps {
  readonly lantern?: Lantern;
  readonly children: ReactNode;
}

export function AccessPage({ lantern = "out", children }: AccessPageProps) {
  const { t, i18n } = useTranslation();
  return (
    <main className={classes.page}>
      <div className={classes.world}>
        <Harbour />
      </div>
      <div className={classes.card}>
        <p className={classes.brand}>
          <Mark size={30} />
          <Wordmark lantern={lantern} />
        </p>
        {children}
      </div>
      <div className={classes.language}>
        <Menu>
          <Menu.Target>
            <UnstyledButton aria-label={t("me.language")}>
              {LANGUAGES[languageOf([i18n.language])]}
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {LANGUAGE_CODES.map((language) => (
              <Menu.Item key={language} lang={language} onClick={() => chooseLanguage(language)}>
                {LANGUAGES[language]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </main>
  );
}
