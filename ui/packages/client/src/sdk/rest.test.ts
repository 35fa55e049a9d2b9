import { describe, expect, it } from "vitest";
import { Rest } from "./rest.js";

const USER = { id: "u-1", username: "sofie", email: "s@x.org", role: "user" };

function answering(status: number, body: unknown) {
  const asked: { url: string; init: RequestInit }[] = [];
  const rest = new Rest("http://gate", async (url, init) => {
    asked.push({ url, init });
    return {
      ok: status < 400,
      status,
      json: async () => {
        if (body === undefined) throw new SyntaxError("no JSON");
        return body;
      },
    };
  });
  return { rest, asked };
}

describe("accounts over REST", () => {
  it("log in, and carry the token from then on", async () => {
    const { rest, asked } = answering(200, { user: USER, token: "jwt" });
    expect(await rest.logIn({ email: "s@x.org", password: "p" })).toEqual({ ok: true, value: USER });
    await rest.session();
    expect(asked[1]?.init.headers).toMatchObject({ Authorization: "Bearer jwt" });
    expect(rest.token).toBe("jwt");
    await rest.logOut();
    expect(rest.token).toBeUndefined();
  });

  it("hand on the server's sentence", async () => {
    const { rest } = answering(401, { message: "Wrong password.", code: "unauthorized" });
    expect(await rest.logIn({ email: "a", password: "b" })).toEqual({
      ok: false,
      message: "Wrong password.",
      code: "unauthorized",
    });
  });

  it("nobody and no avatar are answers too", async () => {
    expect(await answering(200, { user: null }).rest.session()).toEqual({ ok: true, value: null });
    expect(await answering(200, { avatar: null }).rest.avatar()).toEqual({ ok: true, value: null });
  });

  it("read an avatar's layers and its sheet", async () => {
    const appearance = { hair: "bob-red", face: null, outfit: 3 };
    const layers = { hair: "bob-red", face: null, outfit: null, shoes: null };
    const check = async (avatar: object, spriteAssetId: string | null) =>
      expect(await answering(200, { avatar }).rest.avatar()).toEqual({
        ok: true,
        value: { appearance: layers, spriteAssetId },
      });
    await check({ appearance }, null);
    await check({ appearance, spriteAssetId: 4 }, null);
    await check({ appearance, spriteAssetId: "harbour-ana" }, "harbour-ana");
  });

  it("change the password, and go on with the new token", async () => {
    const { rest, asked } = answering(200, { user: USER, token: "newer" });
    expect((await rest.changePassword({ currentPassword: "old one", newPassword: "new one" })).ok).toBe(true);
    expect(asked[0]?.url).toBe("http://gate/auth/password");
    expect(asked[0]?.init.body).toBe('{"currentPassword":"old one","newPassword":"new one"}');
    expect(rest.token).toBe("newer");
  });

  it("go with the socket's ticket, and keep the guest token that a login made", async () => {
    const kept: string[] = [];
    const bodies: unknown[] = [];
    const rest = new Rest(
      "http://gate",
      async (_, init) => {
        bodies.push(JSON.parse(String(init.body)));
        return {
          ok: true,
          status: 200,
          json: async () => ({ user: USER, token: "jwt", guestToken: "newer" }),
        };
      },
      (token) => kept.push(token),
    );
    await rest.logIn({ email: "s@x.org", password: "p", guestToken: "older", socketTicket: "t" });
    expect(bodies).toEqual([{ email: "s@x.org", password: "p", guestToken: "older", socketTicket: "t" }]);
    expect(kept).toEqual(["newer"]);
  });

  it("delete the account with its password, and forget its token", async () => {
    const { rest, asked } = answering(204, undefined);
    expect(await rest.deleteAccount("secret")).toEqual({ ok: true, value: true });
    expect(asked[0]).toMatchObject({
      url: "http://gate/auth/me",
      init: { method: "DELETE", body: '{"password":"secret"}' },
    });
    const refused = answering(409, { code: "last-host", message: "You are the only host." });
    expect(await refused.rest.deleteAccount("secret")).toMatchObject({ ok: false, code: "last-host" });
  });

  it("goes on without cookies where a gateway takes none from this origin", async () => {
    const sent: (RequestCredentials | undefined)[] = [];
    const openToAll = new Rest("http://gate", async (_, { credentials }) => {
      sent.push(credentials);
      if (credentials === "include") throw new TypeError("CORS");
      return { ok: true, status: 200, json: async () => ({ user: USER, token: "jwt" }) };
    });
    expect(await openToAll.session()).toEqual({ ok: true, value: USER });
    await openToAll.logIn({ email: "a", password: "b" });
    expect(sent).toEqual(["include", "omit", "omit"]);
  });

  it("never throw, whatever comes back", async () => {
    for (const body of [undefined, null, 7, [], "text", {}, { user: 4 }, { user: { id: 1 } }]) {
      const { rest } = answering(200, body);
      expect((await rest.logIn({ email: "a", password: "b" })).ok).toBe(false);
    }
    const unreachable = new Rest("http://gate", () => Promise.reject(new TypeError("offline")));
    expect(await unreachable.session()).toEqual({ ok: false, message: "", code: "no-answer" });
  });
});
