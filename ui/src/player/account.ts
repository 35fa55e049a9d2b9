/**
 * Who the visitor is: an account when logged in, else the guest of this browser; and the look that goes with it.
 *
 * It joins REST, identity and the kept look, and knows neither socket nor panels.
 */
import type { Account, AvatarLook } from "../contract";
import type { Answer, GuestProof, Identity, Rest } from "../sdk";
import type { OwnLook } from "./look/own-look";

export class Visitor {
  private current: Account | null = null;

  constructor(
    private readonly rest: Rest,
    private readonly identity: Identity,
    private readonly ownLook: OwnLook,
    /** The ticket of this page's socket. */
    private readonly ticket: () => Promise<string | undefined>,
    /** The visitor is somebody else now, or proves it anew: whoever walks must join again. */
    private readonly onChange: () => void,
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

  register(username: string, email: string, password: string): Promise<Answer<Account>> {
    return this.enter((proof) => this.rest.register({ username, email, password, ...proof }));
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
    this.ownLook.choose(look);
    if (this.current) void this.rest.keepAvatar(this.identity.name || this.current.username, look);
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
    this.onChange();
  }

  private async become(account: Account): Promise<void> {
    const avatar = await this.rest.avatar();
    if (avatar.ok && avatar.value) this.ownLook.choose(avatar.value);
    this.current = account;
    this.onChange();
  }

  private async proof(): Promise<GuestProof> {
    const { guestToken } = this.identity;
    const socketTicket = await this.ticket();
    return {
      ...(guestToken !== undefined && { guestToken }),
      ...(socketTicket !== undefined && { socketTicket }),
    };
  }
}
