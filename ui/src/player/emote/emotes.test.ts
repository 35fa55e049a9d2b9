import { describe, expect, it } from "vitest";
import { emoteMetadata, emoteShown } from "./emotes";

describe("an emote", () => {
  const check = (
    before: Record<string, unknown>,
    after: Record<string, unknown>,
    shown: string | undefined,
  ) => expect(emoteShown(before, after)).toBe(shown);

  it("is shown once for every nonce", () => {
    check({}, emoteMetadata("wave", "1"), "wave");
    check(emoteMetadata("wave", "1"), emoteMetadata("wave", "1"), undefined);
    check(emoteMetadata("wave", "1"), emoteMetadata("wave", "2"), "wave");
    check(emoteMetadata("wave", "1"), emoteMetadata("heart", "2"), "heart");
  });

  it("is left alone when it is no emote this page knows", () => {
    check({}, {}, undefined);
    check({}, { emote: null }, undefined);
    check({}, { emote: "wave" }, undefined);
    check({}, { emote: ["wave", "1"] }, undefined);
    check({}, { emote: { name: "constructor", nonce: "1" } }, undefined);
    check({ emote: 7 }, emoteMetadata("idea", "1"), "idea");
  });
});
