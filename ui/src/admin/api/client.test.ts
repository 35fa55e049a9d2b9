import { expect, test } from "vitest";
import { Api, ApiProblem, type Exclusion, problemOf, queryText } from "./client";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

const WORDS = {
  unreachable: () => "Nobody answers.",
  words: (_: string, sentence: string) => sentence,
  closed: ({ reason, until }: Exclusion) => `Closed until ${until}: ${reason}`,
};

function api(answer: () => Response | Promise<Response>, token: string | null = null) {
  const sent: Sent[] = [];
  const made = new Api({
    platform: { gateway: () => "http://quay.lan", sessionToken: () => token },
    fetch: async (url, init) => {
      sent.push({ url, init });
      return answer();
    },
    ...WORDS,
  });
  return { api: made, sent };
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

async function problem(run: Promise<unknown>): Promise<ApiProblem> {
  const error = await run.then(() => undefined).catch((reason: unknown) => reason);
  if (!(error instanceof ApiProblem)) throw new Error("it should have failed");
  return error;
}

test("questions leave out what was not said", () => {
  expect(queryText({ search: "a b", role: null, page: 0, none: "", active: true })).toBe(
    "?search=a+b&page=0&active=true",
  );
  expect(queryText()).toBe("");
});

test("the server's sentence is what a person reads", async () => {
  const { api: it } = api(() =>
    json(409, { message: "This was taken back already.", code: "already-undone" }),
  );
  const { message, status, code } = await problem(it.call("undo", { path: { id: "1" } }));
  expect([message, status, code]).toEqual(["This was taken back already.", 409, "already-undone"]);
});

test("no answer, and an answer that is not ours, are the same to a person", async () => {
  const { api: silent } = api(() => Promise.reject(new TypeError("fetch failed")));
  expect((await problem(silent.call("me"))).message).toBe("Nobody answers.");
  expect(problemOf(502, "<html>Bad gateway</html>", WORDS).message).toBe("Nobody answers.");
});

test("sentences of a refused form are kept by field", () => {
  const body = JSON.stringify({
    message: "No.",
    code: "invalid-settings",
    fields: { join_pin: "Digits.", x: 4 },
  });
  expect(problemOf(400, body, WORDS).fields).toEqual({ join_pin: "Digits." });
});

test("an ended login is reported once, a lacking right is not", async () => {
  let noticed = 0;
  const answers = [
    json(401, { message: "Sign in.", code: "not-logged-in" }),
    json(403, { message: "No.", code: "forbidden" }),
  ];
  const { api: it } = api(() => answers.shift() ?? json(200, {}));
  it.onSignedOut(() => {
    noticed += 1;
  });
  await problem(it.call("users"));
  await problem(it.call("users"));
  expect(noticed).toBe(1);
});

test("a wrong password is no ended login", async () => {
  let noticed = 0;
  const { api: it } = api(() => json(401, { message: "Wrong.", code: "wrong-credentials" }));
  it.onSignedOut(() => {
    noticed += 1;
  });
  await problem(it.call("logIn", { body: { email: "a@example.org", password: "no" } }));
  expect(noticed).toBe(0);
});

test("the desktop window proves itself by token and sends no cookies", async () => {
  const { api: it, sent } = api(() => json(200, {}), "secret");
  await it.call("me");
  expect(sent[0]?.init.credentials).toBe("omit");
  expect(new Headers(sent[0]?.init.headers).get("authorization")).toBe("Bearer secret");
});

test("an empty answer is nothing", async () => {
  const { api: it } = api(() => new Response(null, { status: 204 }));
  expect(await it.call("removeNote", { path: { id: "1" } })).toBeUndefined();
});

test("who is kept out reads why and until when, in the page's words", () => {
  const refusal = {
    message: "This account is suspended until 2025.",
    code: "suspended",
    reason: "Spam",
    until: "2025",
  };
  expect(problemOf(403, JSON.stringify(refusal), WORDS).message).toBe("Closed until 2025: Spam");
  const banned = JSON.stringify({ message: "This account is banned.", code: "banned" });
  expect(problemOf(403, banned, WORDS).message).toBe("Closed until null: ");
});
