/**
 * Who the visitor is: an account when logged in, else the guest of this browser; and the look that goes with it.
 *
 * It joins REST, identity and the kept look, and knows neither socket nor panels.
 */
import type { Account, Appearance } from "../contract";
import type { Answer, Identity, Rest } from "../sdk";
import type { OwnLook } from "./look/own-look";

export class Visitor {
  private current: Account | null = null;

  constructor(
    private readonly rest: Rest,
    private readonly identity: Identity,
    private readonly look: OwnLook,
    /** The visitor is somebody else now: whoever walks must join anew. */
    private readonly onChange: () => void,
  ) {}

  get account(): Account | null {
    return this.current;
  }

  /** The id to join under: an account walks under its own. */
  get playerId(): string {
    return this.current?.id ?? this.identity.playerId;
  }

  get appearance(): Appearance | null {
    return this.look.appearance;
  }

  /** Finds out whether this browser is still logged in. */
  async recall(): Promise<void> {
    const answer = await this.rest.session();
    if (answer.ok && answer.value) await this.become(answer.value);
  }

  logIn(email: string, password: string): Promise<Answer<Account>> {
    return this.enter(this.rest.logIn({ email, password, ...this.proof() }));
  }

  register(username: string, email: string, password: string): Promise<Answer<Account>> {
    return this.enter(this.rest.register({ username, email, password, ...this.proof() }));
  }

  async logOut(): Promise<Answer<true>> {
    const answer = await this.rest.logOut();
    if (answer.ok) {
      this.current = null;
      this.onChange();
    }
    return answer;
  }

  /** Wears a look from now on, and keeps it with the account. */
  wear(appearance: Appearance): void {
    this.look.choose(appearance);
    if (this.current) void this.rest.keepAvatar(this.identity.name || this.current.username, appearance);
  }

  private async enter(asked: Promise<Answer<Account>>): Promise<Answer<Account>> {
    const answer = await asked;
    if (answer.ok) await this.become(answer.value);
    return answer;
  }

  private async become(account: Account): Promise<void> {
    const avatar = await this.rest.avatar();
    if (avatar.ok && avatar.value) this.look.choose(avatar.value);
    this.current = account;
    this.onChange();
  }

  private proof(): { readonly guestToken?: string } {
    const { guestToken } = this.identity;
    return guestToken === undefined ? {} : { guestToken };
  }
}
