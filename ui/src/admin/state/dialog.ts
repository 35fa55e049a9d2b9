/** The one dialog that may be open, opened from anywhere and shown by `Dialogs`. */
import type { PersonRef, Right, ServiceAnswer, UserView, WebhookAnswer, Worn } from "../contract";
import { useValue, Value } from "./value";

/** Somebody to act on: a live session, or a person that REST remembers, or both. */
export interface Target {
  readonly name: string;
  /** The player they are or were, where that is known. */
  readonly playerId: string | null;
  /** What a live player wears; `undefined` for who is not here. */
  readonly appearance?: Worn | null;
  /** `null` when nobody is connected. */
  readonly sessionId: string | null;
  readonly person: PersonRef | null;
}

export type DialogRequest =
  | {
      readonly kind: "kick" | "ban" | "mute" | "warn";
      readonly target: Target;
      readonly reason?: string;
      /** After it worked. */
      readonly onDone?: () => void;
    }
  | { readonly kind: "tell"; readonly target: Target }
  | { readonly kind: "announce" }
  | { readonly kind: "ban-address" }
  | { readonly kind: "kick-all" }
  | {
      readonly kind: "new-bot";
      /** With the token, which nothing else ever shows. */
      readonly onMade: (made: ServiceAnswer) => void;
    }
  | {
      readonly kind: "new-webhook";
      /** With the secret, which nothing else ever shows. */
      readonly onMade: (made: WebhookAnswer) => void;
    }
  | { readonly kind: "new-user" }
  | {
      readonly kind: "confirm";
      readonly question: string;
      readonly consequence: string;
      readonly verb: string;
      readonly right: Right;
      /** Rejects with a sentence. */
      readonly run: () => Promise<void>;
    }
  | { readonly kind: "demote"; readonly user: UserView; readonly role: UserView["role"] }
  | { readonly kind: "password" | "remove-user" | "suspend"; readonly user: UserView };

const open = new Value<DialogRequest | null>(null);

export const openDialog = (request: DialogRequest): void => open.set(request);
export const closeDialog = (): void => open.set(null);
export const useDialog = (): DialogRequest | null => useValue(open);
