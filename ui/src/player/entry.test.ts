// @vitest-environment jsdom
import { Identity, Rest } from "@comutiny/client";
import { describe, expect, it, vi } from "vitest";
import { Visitor } from "./account";
import { Entry } from "./entry";
import { button, buttons, field, onPage, player, portraits, speechIn, submit } from "./hud/scripted";
import { OwnLook } from "./look/own-look";

const ACCOUNT = { id: "account-1", username: "Wren", email: "wren@example.org", role: "host" };
const RESERVED = { ok: false, code: "reserved-id", message: "Join with the id of your account." } as const;

/** The way in of a browser that is logged in, or not, and whose page does not know it yet. */
function wayIn(loggedIn: boolean) {
  const rest = new Rest("http://gateway", async (url) => {
    const user = loggedIn ? ACCOUNT : null;
    const answer = url.endsWith("/avatars/me") ? { avatar: null } : { user };
    return { ok: true, status: 200, json: async () => answer };
  });
  const identity = new Identity(null, () => "fixed");
  const visitor = new Visitor(rest, identity, new OwnLook(null), {
    shown: () => ({ appearance: null, spriteAssetId: null }) as never,
    ticket: async () => undefined,
    onChange: () => entry.visitorChanged(),
  });
  const went: string[] = [];
  const asks = (how: string) => went.push(`${how} as ${entry.profile().playerId}`);
  const entry: Entry = new Entry({
    speech: speechIn(),
    identity,
    visitor,
    portraits,
    mapId: "harbour",
    bearing: () => ({ position: { x: 0, y: 0, z: 0 }, heading: "down" }) as never,
    atlas: () => [] as never,
    players: () => new Map(),
    join: () => asks("joins"),
    rejoin: () => asks("rejoins"),
    onAccount: () => undefined,
    chooseLanguage: () => undefined,
    onIn: (id) => went.push(`in as ${id}`),
    onOut: () => went.push("out"),
  });
  const element = onPage(entry.entrance.element);
  const accepted = (id: string) => entry.answered({ ok: true, player: player(id) } as never);
  const problem = () => element.querySelector("[role=alert]")?.textContent;
  return { entry, visitor, element, went, accepted, problem };
}

describe("going in before the page knows of the login", () => {
  it("goes in as the account when the server says that the guest's id is not it", async () => {
    const { entry, element, went, accepted, problem } = wayIn(true);
    submit(element);
    entry.answered(RESERVED);
    expect(buttons(element)).toContain("Going in");
    await vi.waitFor(() => expect(went).toEqual(["joins as guest-fixed", "joins as account-1"]));
    accepted("account-1");
    expect(went.at(-1)).toBe("in as account-1");
    expect(problem()).toBe("");
    expect(button(element, "Enter")).toBeDefined();
  });

  it("becomes the account when the login is known while the guest is on the way", async () => {
    const { visitor, element, went, accepted } = wayIn(true);
    submit(element);
    await visitor.recall();
    accepted("guest-fixed");
    expect(went).toEqual(["joins as guest-fixed", "in as guest-fixed", "rejoins as account-1"]);
    accepted("account-1");
    expect(went.slice(3)).toEqual(["in as account-1"]);
  });

  it("says that a login has ended, and stays out", async () => {
    const { entry, element, went, problem } = wayIn(false);
    submit(element);
    entry.answered(RESERVED);
    await vi.waitFor(() => expect(went).toEqual(["joins as guest-fixed", "out"]));
    expect(problem()).toBe("Your login has ended. Log in again, or go in as a guest.");
    expect(field(element, "name-field").value).not.toBe("");
  });
});
