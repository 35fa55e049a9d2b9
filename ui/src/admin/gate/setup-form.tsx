/** The first host makes an account, with the one-time link the server printed. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import * as calls from "../api/calls";
import type { Api } from "../api/client";
import classes from "../brand/access-page.module.css";
import { useSubmit } from "../kit/use-submit";

export interface SetupFormProps {
  readonly api: Api;
  readonly token: string;
  readonly onDone: () => void;
}

export function SetupForm({ api, token, onDone }: SetupFormProps) {
  const { t } = useTranslation();
  const [username, setUsername] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, submit } = useSubmit(async () => {
    await calls.setUp(api, { token, username, email, password });
    onDone();
  });
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1 className={classes.title}>{t("setup.title")}</h1>
      <p className={classes.lead}>{t("setup.lead")}</p>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <TextInput
        label={t("setup.name")}
        description={t("setup.nameHelp")}
        size="md"
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        autoComplete="nickname"
        maxLength={40}
        autoFocus
        required
        withAsterisk={false}
        dir="auto"
      />
      <TextInput
        label={t("setup.email")}
        description={t("setup.emailHelp")}
        type="email"
        size="md"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        autoComplete="username"
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={t("setup.password")}
        description={t("setup.passwordHelp")}
        size="md"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        minLength={8}
        required
        withAsterisk={false}
      />
      <Button type="submit" size="md" loading={busy} fullWidth>
        {t("setup.verb")}
      </Button>
      <Button variant="subtle" color="gray" onClick={onDone}>
        {t("setup.have")}
      </Button>
    </form>
  );
}
