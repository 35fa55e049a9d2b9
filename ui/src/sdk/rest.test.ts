import { describe, expect, it } from "vitest";
import { Rest } from "./rest";

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
    });
  });

  it("nobody and no avatar are answers too", async () => {
    expect(await answering(200, { user: null }).rest.session()).toEqual({ ok: true, value: null });
    expect(await answering(200, { avatar: null }).rest.avatar()).toEqual({ ok: true, value: null });
  });

  it("read an avatar's layers", async () => {
    const { rest } = answering(200, { avatar: { appearance: { hair: "bob-red", face: null, outfit: 3 } } });
    const value = { hair: "bob-red", face: null, outfit: null, shoes: null };
    expect(await rest.avatar()).toEqual({ ok: true, value });
  });

  it("never throw, whatever comes back", async () => {
    for (const body of [undefined, null, 7, [], "text", {}, { user: 4 }, { user: { id: 1 } }]) {
      const { rest } = answering(200, body);
      expect((await rest.logIn({ email: "a", password: "b" })).ok).toBe(false);
    }
    const unreachable = new Rest("http://gate", () => Promise.reject(new TypeError("offline")));
    expect(await unreachable.session()).toEqual({ ok: false, message: "" });
  });
});
