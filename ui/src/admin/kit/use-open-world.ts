/**
 * Opens the player page, signed in as who looks. In a browser both pages share the cookie; the desktop window, which has
 * none, brings a ticket along.
 */
import { useAdmin } from "../access/admin";
import { worldTicket } from "../api/calls";
import { sentenceOf } from "../api/client";
import { complain } from "./use-done";

export function useOpenWorld(): () => Promise<void> {
  const { api, platform } = useAdmin();
  return async () => {
    const world = `${platform.gateway()}/`;
    if (platform.sessionToken() === null) {
      platform.openLink(world);
      return;
    }
    try {
      const { ticket } = await worldTicket(api);
      platform.openLink(`${world}#enter=${encodeURIComponent(ticket)}`);
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
}
