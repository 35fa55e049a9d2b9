/** E-mail and password. What was typed stays when it was wrong. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import * as calls from "../api/calls";
import type { Api } from "../api/client";
import classes from "../brand/access-page.module.css";
import { useSubmit } from "../kit/use-submit";

export interface SignInFormProps {
  readonly api: Api;
  readonly onDone: () => Promise<void>;
  /** Why the account that is signed in may not look. */
  readonly refused?: string;
  /** A login ended while somebody was at work. */
  readonly expired?: boolean;
}

export function SignInForm({ api, onDone, refused, expired = false }: SignInFormProps) {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, submit } = useSubmit(async () => {
    await calls.logIn(api, { email, password });
    await onDone();
  });
  const message = problem ?? refused ?? null;
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1 className={classes.title}>{t(expired ? "signIn.again" : "signIn.title")}</h1>
      <p className={classes.lead}>
        {t(!expired ? "signIn.lead" : refused === undefined ? "signIn.expired" : "signIn.closed")}
      </p>
      {message !== null && (
        <p className={classes.problem} role="alert">
          {message}
        </p>
      )}
      <TextInput
        label={t("signIn.email")}
        type="email"
        size="md"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        autoComplete="username"
        autoFocus
        data-autofocus
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={t("signIn.password")}
        size="md"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
        required
        withAsterisk={false}
      />
      <Button type="submit" size="md" loading={busy} fullWidth>
        {t("signIn.verb")}
      </Button>
    </form>
  );
}
