/**
 * In front of everything: finds out who is there, asks for a sign-in where nobody is, and keeps the page behind it
 * alive when a login ends, so that whoever signs in again finds the same view with everything they had typed.
 */

import { browserStorage, Transports } from "@comutiny/client";
import { Modal } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Platform } from "../../platform";
import { type Admin, AdminProvider } from "../access/admin";
import { type Access, accessAfter, meOf } from "../access/session";
import * as calls from "../api/calls";
import { type Api, ApiProblem, sentenceOf } from "../api/client";
import { AccessPage } from "../brand/access-page";
import { openFeedWire } from "../feed/connection";
import { Feed } from "../feed/feed";
import { Failed } from "../kit/states";
import { complain } from "../kit/use-done";
import { setupTokenIn } from "../route/route";
import { KnownHere } from "./known-here";
import { SetupForm } from "./setup-form";
import { SignInForm } from "./sign-in-form";
import { Unreachable } from "./unreachable";

const knownHere = new KnownHere(browserStorage("localStorage"));

export interface GateProps {
  readonly api: Api;
  readonly platform: Platform;
  /** What is behind the gate; it finds the signed-in page's context around it. */
  readonly children: ReactNode;
}

export function Gate({ api, platform, children }: GateProps) {
  const { t } = useTranslation();
  const [setupToken, setSetupToken] = useState(() => setupTokenIn(window.location.hash));
  const [access, setAccess] = useState<Access>({ kind: "checking" });
  const [admin, setAdmin] = useState<Admin | null>(null);
  const feed = useRef<Feed | null>(null);
  const leaving = useRef(false);

  const check = useCallback(async () => {
    try {
      const asksOutright = knownHere.get() || feed.current !== null || platform.sessionToken() !== null;
      if (!asksOutright && !(await calls.isSignedIn(api))) {
        setAccess({ kind: "signed-out", expired: false });
        return;
      }
      const me = meOf(await calls.me(api), t("me.localHost"));
      knownHere.set(true);
      setAccess({ kind: "signed-in", me });
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : new ApiProblem(String(error), 0, "unreachable");
      if (problem.status === 401) knownHere.set(false);
      setAccess(accessAfter(problem, feed.current !== null));
    }
  }, [api, platform, t]);

  useEffect(() => {
    if (setupToken === null) void check();
  }, [check, setupToken]);

  useEffect(
    () =>
      api.onSignedOut(() =>
        setAccess((before) => (before.kind === "signed-in" ? { kind: "signed-out", expired: true } : before)),
      ),
    [api],
  );

  const signOut = useCallback(async () => {
    leaving.current = true;
    try {
      await calls.logOut(api);
    } catch (error) {
      // The cookie is still there: who leaves now must not believe to be signed out.
      complain(sentenceOf(error));
      if (feed.current?.state().status.kind === "ended") void check();
      return;
    } finally {
      leaving.current = false;
    }
    knownHere.set(false);
    feed.current?.stop();
    feed.current = null;
    setAdmin(null);
    setAccess({ kind: "signed-out", expired: false });
  }, [api, check]);

  // A sign-in opens a feed of its own; the one that ended stays what the page shows until then.
  useEffect(() => {
    if (access.kind !== "signed-in") return;
    const opened = openFeed(platform);
    const before = feed.current;
    feed.current = opened;
    const stopListening = opened.subscribe(() => {
      const { status } = opened.state();
      // The server may end the feed of who signs out before it answers; nothing is left to ask then.
      if (status.kind === "ended" && feed.current === opened && !leaving.current) void check();
    });
    opened.start();
    before?.stop();
    setAdmin({ api, feed: opened, platform, me: access.me, signOut: () => void signOut() });
    return stopListening;
  }, [access, api, platform, check, signOut]);

  const dismissSetup = useCallback(() => {
    window.history.replaceState(null, "", "#/dashboard");
    setSetupToken(null);
  }, []);

  if (setupToken !== null) {
    return (
      <AccessPage>
        <SetupForm api={api} token={setupToken} onDone={dismissSetup} />
      </AccessPage>
    );
  }
  if (admin) {
    return (
      <AdminProvider admin={admin}>
        {children}
        <Ended access={access} api={api} onDone={check} />
      </AdminProvider>
    );
  }
  switch (access.kind) {
    case "checking":
    case "signed-in":
      return null;
    case "signed-out":
      return (
        <AccessPage>
          <SignInForm api={api} onDone={check} />
        </AccessPage>
      );
    case "refused":
      return (
        <AccessPage>
          <SignInForm api={api} onDone={check} refused={access.message} />
        </AccessPage>
      );
    case "unreachable":
      return <Unreachable platform={platform} message={access.message} onRetry={() => void check()} />;
  }
}

interface EndedProps {
  readonly access: Access;
  readonly api: Api;
  readonly onDone: () => Promise<void>;
}

/** Over the page whose login ended. */
function Ended({ access, api, onDone }: EndedProps) {
  const { t } = useTranslation();
  const asks = access.kind === "signed-out" || access.kind === "refused" || access.kind === "unreachable";
  return (
    <Modal.Root
      opened={asks}
      onClose={() => {}}
      size={400}
      centered
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={500}
    >
      <Modal.Overlay blur={0} color="var(--c-backdrop)" backgroundOpacity={1} />
      <Modal.Content radius="xl" aria-label={t("signIn.again")}>
        <Modal.Body p="xl">
          {access.kind === "unreachable" ? (
            <Failed what={t("access.unreachable")} message={access.message} onRetry={() => void onDone()} />
          ) : (
            <SignInForm
              api={api}
              onDone={onDone}
              expired
              {...(access.kind === "refused" && { refused: access.message })}
            />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function openFeed(platform: Platform): Feed {
  const now = () => performance.now();
  return new Feed({
    wire: openFeedWire(platform, new Transports(browserStorage("sessionStorage"), now)),
    random: Math.random,
    scheduler: {
      now,
      after: (ms, run) => {
        const timer = window.setTimeout(run, ms);
        return () => window.clearTimeout(timer);
      },
    },
  });
}
