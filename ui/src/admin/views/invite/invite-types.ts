/** What `GET /admin/invite` answers. */
export interface InviteLink {
  readonly url: string;
  readonly kind: "public" | "network" | "name" | "local";
  readonly medium: "wifi" | "cable" | "vpn" | "other" | null;
  readonly interface: string | null;
  /** First request that came by this link from another machine. */
  readonly reachedBy: { readonly address: string; readonly at: string } | null;
}

export interface Invite {
  /** Best first. */
  readonly links: readonly InviteLink[];
  readonly port: number;
  readonly firewall: {
    readonly system: "linux" | "windows" | "macos" | "other";
    readonly command: string | null;
  };
}
