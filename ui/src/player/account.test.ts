import { Identity, Rest } from "@comutiny/client";
import type { AvatarLook } from "@comutiny/client/contract";
import { describe, expect, it } from "vitest";
import { Visitor } from "./account";
import { appearanceOf, lookFromSeed, lookOf } from "./look/look";
import { OwnLook } from "./look/own-look";

const ACCOUNT = { id: "account-1", username: "Wren", email: "wren@example.org", role: "user" };

/** A gateway that keeps one account and its avatar. */
function gateway() {
  let avatar: unknown = null;
  const asked: string[] = [];
  const rest = new Rest("http://gateway", async (url, { method, body }) => {
    const path = url.replace("http://gateway", "");
    asked.push(`${method} ${path}`);
    if (method === "PUT" && path === "/avatars/me") avatar = { id: "avatar", ...JSON.parse(String(body)) };
    const answer = path === "/avatars/me" ? { avatar } : { user: ACCOUNT, token: "token" };
    return { ok: true, status: 200, json: async () => answer };
  });
  return { rest, asked, kept: () => avatar };
}

function visitor(shown: AvatarLook) {
  const { rest, asked, kept } = gateway();
  const identity = new Identity(null, () => "fixed");
  const look = new OwnLook(null);
  let changes = 0;
  const page = {
    shown: () => shown,
    ticket: async () => "ticket",
    onChange: () => {
      changes += 1;
    },
  };
  return { visitor: new Visitor(rest, identity, look, page), asked, kept, changes: () => changes };
}

describe("coming from the administration", () => {
  it("is the account that the ticket stands for, in its own look", async () => {
    const { visitor: wren, asked, changes } = visitor({ appearance: null, spriteAssetId: null } as never);
    expect((await wren.enterWith("0f9a")).ok).toBe(true);
    expect([wren.account?.id, wren.playerId, changes()]).toEqual(["account-1", "account-1", 1]);
    expect(asked[0]).toBe("POST /auth/enter");
  });
});

describe("making an account", () => {
  const born = { appearance: appearanceOf(lookFromSeed("guest-fixed")), spriteAssetId: null };

  it("keeps the look that was born with the guest's id, here and with the account", async () => {
    const { visitor: wren, kept, changes } = visitor(born);
    expect((await wren.register("Wren", "wren@example.org", "long enough")).ok).toBe(true);
    expect(wren.look).toEqual(born);
    expect(lookOf(wren.playerId, { appearance: wren.look?.appearance })).toEqual(lookFromSeed("guest-fixed"));
    expect(kept()).toMatchObject({ name: "Wren", ...born });
    expect(changes()).toBe(1);
  });

  it("is what a login does not do: the account has its own look", async () => {
    const { visitor: wren, asked } = visitor(born);
    await wren.logIn("wren@example.org", "long enough");
    expect(wren.look).toBeNull();
    expect(asked).not.toContain("PUT /avatars/me");
  });
});
