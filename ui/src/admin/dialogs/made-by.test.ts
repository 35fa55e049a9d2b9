import { expect, test } from "vitest";
import type { ServiceAccount, Webhook } from "../contract";
import { madeBy } from "./made-by";

const by = (id: string, of: string) => ({ id, createdBy: { id: of, name: "Ana" } });

test("what somebody made is theirs by their id, not by their name", () => {
  const bots = [by("1", "ana"), by("2", "other"), by("3", "ana")] as ServiceAccount[];
  const hooks = [by("4", "other"), by("5", "ana")] as Webhook[];
  const made = madeBy("ana", bots, hooks);
  expect(made.bots.map((it) => it.id)).toEqual(["1", "3"]);
  expect(made.hooks.map((it) => it.id)).toEqual(["5"]);
  expect(madeBy("nobody", bots, hooks)).toEqual({ bots: [], hooks: [] });
});
