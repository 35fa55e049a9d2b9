/** Who is in front of the page, as a small state machine. Pure. */
import type { ApiProblem } from "../api/client";
import type { Me, MeAnswer } from "../contract";

export type Access =
  | { readonly kind: "checking" }
  /** `expired`: somebody was signed in, and the view behind waits for them. */
  | { readonly kind: "signed-out"; readonly expired: boolean }
  /** Signed in, but the role may not look. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "unreachable"; readonly message: string }
  | { readonly kind: "signed-in"; readonly me: Me };

export const LOCAL_HOST_ID = "local-host";

/** `localName` stands for the desktop window's host, who has no account. */
export function meOf({ user, role, rights }: MeAnswer, localName: string): Me {
  return { id: user?.id ?? LOCAL_HOST_ID, name: user?.username ?? localName, role, rights };
}

/** What an answer of `GET /admin/me` means when it was a refusal. */
export function accessAfter(
  { status, message }: Pick<ApiProblem, "status" | "message">,
  wasIn: boolean,
): Access {
  if (status === 401) return { kind: "signed-out", expired: wasIn };
  if (status === 403) return { kind: "refused", message };
  return { kind: "unreachable", message };
}
