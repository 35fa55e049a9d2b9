import type { ChatMessage } from "@comutiny/client/contract";
import { describe, expect, it } from "vitest";
import { Bubbles } from "./bubbles";

const line = (id: string, playerId: string, content: string): ChatMessage => ({
  id,
  playerId,
  content,
  author: playerId,
  timestamp: "",
});

const words = (bubbles: Bubbles, now: number) =>
  bubbles.at(now).map(({ content }) => (content.kind === "line" ? content.text : content.name));

describe("over a head", () => {
  it("stands the newest line, for 4 s and 60 ms a letter", () => {
    const bubbles = new Bubbles();
    bubbles.show(line("1", "ana", "first"), 0);
    bubbles.show(line("2", "ana", "ten letters"), 100);
    expect(words(bubbles, 100)).toEqual(["ten letters"]);
    expect(words(bubbles, 100 + 4000 + 659)).toEqual(["ten letters"]);
    expect(words(bubbles, 100 + 4000 + 660)).toEqual([]);
  });

  it("stands an emote for two seconds, beside what is said", () => {
    const bubbles = new Bubbles();
    bubbles.show(line("1", "ana", "hello"), 0);
    bubbles.feel("ana", "heart", 0);
    expect(words(bubbles, 1999)).toEqual(["hello", "heart"]);
    expect(words(bubbles, 2000)).toEqual(["hello"]);
  });

  it("grows and fades", () => {
    const bubbles = new Bubbles();
    bubbles.feel("ana", "wave", 1000);
    const check = (now: number, growth: number, strength: number) =>
      expect(bubbles.at(now)[0]).toMatchObject({ growth, strength });
    check(1000, 0, 1);
    check(1070, 0.5, 1);
    check(1500, 1, 1);
    check(2900, 1, 0.5);
  });

  it("stands nothing that was taken back, or from whom nobody wants to hear", () => {
    const bubbles = new Bubbles();
    bubbles.show(line("1", "ana", "rude"), 0);
    bubbles.show(line("2", "ben", "kind"), 0);
    bubbles.feel("ben", "laugh", 0);
    bubbles.withdraw("1");
    expect(words(bubbles, 10)).toEqual(["kind", "laugh"]);
    bubbles.hush("ben");
    expect(words(bubbles, 10)).toEqual([]);
  });
});
