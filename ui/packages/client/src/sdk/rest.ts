/**
 * The REST side of the gateway: accounts and avatars. Answers are parsed, errors are values; nothing here throws.
 *
 * It knows `fetch` by its shape only and keeps no state but the bearer token of this tab, for gateways whose cookies do
 * not reach the page.
 */

import { ROUTES } from "../contract/generated/contract.js";
import type { Account, AvatarLook, BodyOf, CallName } from "../contract/index.js";
import { fieldsOf, own, text } from "./fields.js";
import { parseAccount, parseAvatarLook } from "./parse.js";

export type Fetch = (url: string, init: RequestInit) => Promise<Pick<Response, "ok" | "status" | "json">>;

/** `message` is the server's sentence, empty when none came; `code` is kebab-case, `no-answer` when none came. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly code: string };

/** What shows whose page logs in: its socket becomes the account's, and its guest token is made anew. */
export interface GuestProof {
  readonly guestToken?: string;
  readonly socketTicket?: string;
}

export class Rest {
  private bearer: string | undefined;
  private credentials: RequestCredentials = "include";

  constructor(
    private readonly gateway: string,
    private readonly fetch: Fetch = (url, init) => globalThis.fetch(url, init),
    /** A login made the guest another one; the old token is worth nothing. */
    private readonly keepGuestToken: (token: string) => void = () => {},
  ) {}

  /** For the handshake of sockets opened after a login. */
  get token(): string | undefined {
    return this.bearer;
  }

  /**
   * Who this browser is logged in as; `null` for nobody. The first question of a page: a gateway that is open to every
   * origin takes no cookies from another one, and then a login lasts as long as this tab.
   */
  async session(): Promise<Answer<Account | null>> {
    const ask = () => this.call("session", undefined, (body) => accountIn(body) ?? null);
    const answer = await ask();
    if (answer.ok || answer.code !== "no-answer" || this.credentials === "omit") return answer;
    this.credentials = "omit";
    const without = await ask();
    if (!without.ok) this.credentials = "include";
    return without;
  }

  logIn(credentials: BodyOf<"logIn">): Promise<Answer<Account>> {
    return this.proven("logIn", credentials);
  }

  /** By a ticket of the administration. */
  enter(ticket: BodyOf<"enter">): Promise<Answer<Account>> {
    return this.proven("enter", ticket);
  }

  register(credentials: BodyOf<"register">): Promise<Answer<Account>> {
    return this.proven("register", credentials);
  }

  async logOut(): Promise<Answer<true>> {
    const answer = await this.call<true>("logOut", {}, () => true);
    if (answer.ok) this.bearer = undefined;
    return answer;
  }

  /** Ends every other login of this account; this tab goes on with the new proof. */
  changePassword(change: BodyOf<"changePassword">): Promise<Answer<Account>> {
    return this.proven("changePassword", change);
  }

  /** For good, with everything kept with it. */
  async deleteAccount(password: string): Promise<Answer<true>> {
    const answer = await this.call<true>(
      "deleteAccount",
      { password } satisfies BodyOf<"deleteAccount">,
      () => true,
    );
    if (answer.ok) this.bearer = undefined;
    return answer;
  }

  /** The account's look; `null` when it has none yet. */
  avatar(): Promise<Answer<AvatarLook | null>> {
    return this.call("avatar", undefined, (body) => avatarIn(body) ?? null);
  }

  keepAvatar(name: string, { appearance, spriteAssetId }: AvatarLook): Promise<Answer<true>> {
    const avatar: BodyOf<"keepAvatar"> = { name, appearance, spriteAssetId };
    return this.call("keepAvatar", avatar, () => true);
  }

  /** A call of the administration, for who may make it; its answer is as it came. */
  ask(method: string, path: string, body?: object): Promise<Answer<unknown>> {
    return this.send({ method, path }, body, (answer) => answer);
  }

  private proven(name: CallName, body: object): Promise<Answer<Account>> {
    return this.call(name, body, (answer) => {
      const fields = fieldsOf(answer) ?? {};
      this.bearer = text(fields, "token") ?? this.bearer;
      const guestToken = text(fields, "guestToken");
      if (guestToken !== undefined) this.keepGuestToken(guestToken);
      return accountIn(answer);
    });
  }

  private call<T>(
    name: CallName,
    body: object | undefined,
    parse: (body: unknown) => T | undefined,
  ): Promise<Answer<T>> {
    return this.send(ROUTES[name], body, parse);
  }

  private async send<T>(
    { method, path }: { readonly method: string; readonly path: string },
    body: object | undefined,
    parse: (body: unknown) => T | undefined,
  ): Promise<Answer<T>> {
    try {
      const response = await this.fetch(this.gateway + path, {
        method,
        credentials: this.credentials,
        headers: {
          ...(body && { "Content-Type": "application/json" }),
          ...(this.bearer !== undefined && { Authorization: `Bearer ${this.bearer}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const answer: unknown = response.status === 204 ? {} : await response.json();
      const value = response.ok ? parse(answer) : undefined;
      return value === undefined ? failureIn(answer) : { ok: true, value };
    } catch {
      return failureIn(undefined);
    }
  }
}

/** Calls for programs, for people who write them, and of the administration. */
type NotHere =
  | "account"
  | "asyncapi"
  | "atlas"
  | "health"
  | "metrics"
  | "openapi"
  | "ready"
  | "setUp"
  | "spriteImage"
  | "worldSprites";

/** Does not compile while a call for everybody is nowhere: its name is what is missing here. */
export const NONE_MISSING: Record<Exclude<CallName, NotHere | keyof Rest>, never> = {};

function accountIn(body: unknown): Account | undefined {
  return parseAccount(own(fieldsOf(body) ?? {}, "user"));
}

function avatarIn(body: unknown): AvatarLook | undefined {
  return parseAvatarLook(own(fieldsOf(body) ?? {}, "avatar"));
}

function failureIn(body: unknown): { readonly ok: false; readonly message: string; readonly code: string } {
  const fields = fieldsOf(body) ?? {};
  return { ok: false, message: text(fields, "message") ?? "", code: text(fields, "code") ?? "no-answer" };
}
