/**
 * Who the visitor is: an account when logged in, else the guest of this browser; and the look that goes with it.
 *
 * It joins REST, identity and the kept look, and knows neither socket nor panels.
 */

import type { Answer, GuestProof, Identity, Rest } from "@comutiny/client";
import type { Account, AvatarLook } from "@comutiny/client/contract";
import type { OwnLook } from "./look/own-look";

/** What the page around a visitor answers and is given. */
export interface VisitorPage {
  /** The look others see now, chosen or not. */
  readonly shown: () => AvatarLook;
  /** The ticket of this page's socket, for a login; `undefined` where there is none. */
  readonly ticket: () => Promise<string | undefined>;
  /** The visitor is somebody else now, or proves it anew: whoever walks must join again. */
  readonly onChange: () => void;
}

export class Visitor {
  private current: Account | null = null;
  /** Worn, and not yet kept with the account. */
  private untold: AvatarLook | null = null;

  constructor(
    private readonly rest: Rest,
    private readonly identity: Identity,
    private readonly ownLook: OwnLook,
    private readonly page: VisitorPage,
  ) {}

  get account(): Account | null {
    return this.current;
  }

  /** The id to join under: an account walks under its own. */
  get playerId(): string {
    return this.current?.id ?? this.identity.playerId;
  }

  /** The look chosen; `null` for the one the id was born with. */
  get look(): AvatarLook | null {
    return this.ownLook.current;
  }

  /** Finds out whether this browser is still logged in; a login may also have ended elsewhere. */
  async recall(): Promise<void> {
    const answer = await this.rest.session();
    if (!answer.ok) return;
    if (answer.value) await this.become(answer.value);
    else if (this.current) this.becomeGuest();
  }

  logIn(email: string, password: string): Promise<Answer<Account>> {
    return this.enter((proof) => this.rest.logIn({ email, password, ...proof }));
  }

  /** A link of the administration leads in as who opened it. One that is used or too old leads nowhere. */
  enterWith(ticket: string): Promise<Answer<Account>> {
    return this.enter((proof) => this.rest.enter({ ticket, ...proof }));
  }

  /**
   * The account goes on in the look that the guest was seen in. Left out it would be born anew, from the account's
   * id, and everybody who knew the guest would see a stranger.
   */
  async register(username: string, email: string, password: string): Promise<Answer<Account>> {
    const shown = this.page.shown();
    const proof = await this.proof();
    const answer = await this.rest.register({ username, email, password, ...proof });
    if (!answer.ok) return answer;
    this.ownLook.choose(shown);
    await this.rest.keepAvatar(this.identity.name || username, shown);
    await this.become(answer.value);
    return answer;
  }

  changePassword(current: string, next: string): Promise<Answer<Account>> {
    return this.enter((proof) =>
      this.rest.changePassword({ currentPassword: current, newPassword: next, ...proof }),
    );
  }

  logOut(): Promise<Answer<true>> {
    return this.leave(this.rest.logOut());
  }

  deleteAccount(password: string): Promise<Answer<true>> {
    return this.leave(this.rest.deleteAccount(password));
  }

  /** Wears a look from now on, and keeps it with the account. */
  wear(look: AvatarLook): void {
    this.tryOn(look);
    this.keepLook();
  }

  /** Wears a look from now on; the account hears of it when the visitor goes in. */
  tryOn(look: AvatarLook): void {
    this.ownLook.choose(look);
    this.untold = look;
  }

  /** Keeps with the account what was tried on. */
  keepLook(): void {
    const look = this.untold;
    this.untold = null;
    if (this.current && look) void this.rest.keepAvatar(this.identity.name || this.current.username, look);
  }

  private async enter(ask: (proof: GuestProof) => Promise<Answer<Account>>): Promise<Answer<Account>> {
    const answer = await ask(await this.proof());
    if (answer.ok) await this.become(answer.value);
    return answer;
  }

  private async leave(asked: Promise<Answer<true>>): Promise<Answer<true>> {
    const answer = await asked;
    if (answer.ok) this.becomeGuest();
    return answer;
  }

  private becomeGuest(): void {
    this.current = null;
    this.page.onChange();
  }

  private async become(account: Account): Promise<void> {
    const avatar = await this.rest.avatar();
    if (avatar.ok && avatar.value) {
      this.ownLook.choose(avatar.value);
      this.untold = null;
    }
    this.current = account;
    this.page.onChange();
  }

  private async proof(): Promise<GuestProof> {
    const { guestToken } = this.identity;
    const socketTicket = await this.page.ticket();
    return {
      ...(guestToken !== undefined && { guestToken }),
      ...(socketTicket !== undefined && { socketTicket }),
    };
  }
}
