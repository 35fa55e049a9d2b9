// @vitest-environment jsdom
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { type Admin, AdminProvider } from "../access/admin";
import { ApiProblem } from "../api/client";
import type { FeedStatus } from "../feed/status";
import { Value } from "../state/value";
import { type Loaded, useResource } from "./use-resource";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const LOST: FeedStatus = { kind: "lost", attempt: 1, retryAt: null, refusal: null };

/** A list of one number under a feed whose status the test sets. Each asking takes the next answer. */
async function shown(answers: (number | Error)[]) {
  const status = new Value<FeedStatus>({ kind: "live" });
  const feed = { subscribe: status.subscribe, state: () => ({ status: status.get(), mirror: null }) };
  const seen: { it: Loaded<number> | null } = { it: null };
  const load = async () => {
    const answer = answers.shift() ?? new Error("It was asked once too often.");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  function Probe() {
    seen.it = useResource("bans", load);
    return null;
  }
  const root = createRoot(document.createElement("div"));
  await act(async () =>
    root.render(
      createElement(AdminProvider, { admin: { feed } as unknown as Admin, children: createElement(Probe) }),
    ),
  );
  return {
    resource: () => seen.it?.resource,
    reload: () => act(async () => seen.it?.reload()),
    become: (next: FeedStatus) => act(async () => status.set(next)),
  };
}

const AWAY = new ApiProblem("Nobody answers.", 0, "unreachable");

test("what was read outlives a lost connection, says that it is old, and is read again when it is back", async () => {
  const list = await shown([2, AWAY, 3]);
  expect(list.resource()).toMatchObject({ kind: "ready", value: 2, trouble: null });
  await list.reload();
  expect(list.resource()).toMatchObject({ kind: "ready", value: 2, trouble: "Nobody answers." });
  await list.become(LOST);
  expect(list.resource()).toMatchObject({ value: 2, trouble: "Nobody answers." });
  await list.become({ kind: "live" });
  expect(list.resource()).toMatchObject({ kind: "ready", value: 3, trouble: null });
});

test("what could not be read at all is read when the connection is back", async () => {
  const list = await shown([AWAY, 1]);
  expect(list.resource()).toEqual({ kind: "failed", message: "Nobody answers." });
  await list.become(LOST);
  await list.become({ kind: "live" });
  expect(list.resource()).toMatchObject({ kind: "ready", value: 1 });
});

test("what is well is not asked for again for a connection that came back", async () => {
  const list = await shown([5]);
  await list.become(LOST);
  await list.become({ kind: "live" });
  expect(list.resource()).toMatchObject({ kind: "ready", value: 5, trouble: null });
});

test("what is gone is not shown any longer", async () => {
  const list = await shown([5, new ApiProblem("There is no such run.", 404, "not-found")]);
  await list.reload();
  expect(list.resource()).toEqual({ kind: "failed", message: "There is no such run." });
});
