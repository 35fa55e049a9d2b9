// @vitest-environment jsdom

import { CHAT_LINES_KEPT } from "@comutiny/client";
import type { ChatMessage } from "@comutiny/client/contract";
import { settle } from "@comutiny/client/scripted";
import { describe, expect, it } from "vitest";
import { Chat } from "./chat";
import { button, field, isShown, onPage, press, speechIn, submit } from "./scripted";

function chat(answer: (content: string) => string | undefined = () => undefined) {
  const sent: string[] = [];
  let left = 0;
  const speech = speechIn();
  const it = new Chat(
    speech,
    async (content) => {
      sent.push(content);
      return answer(content);
    },
    () => {
      left += 1;
    },
  );
  const element = onPage(it.element);
  const input = field(element, "chat-field");
  const type = (text: string) => {
    input.value = text;
    submit(element);
    return settle();
  };
  const lines = () => [...element.querySelectorAll("li")].map(({ textContent }) => textContent);
  return { it, element, input, sent, type, lines, speech, left: () => left };
}

const message = (id: string, given: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  playerId: "a",
  author: "Ana",
  content: id,
  timestamp: "2026-01-05T18:00:00Z",
  ...given,
});

describe("writing a line", () => {
  it("sends it trimmed and clears the field", async () => {
    const { input, sent, type } = chat();
    await type("  Hello ");
    expect(sent).toEqual(["Hello"]);
    expect(input.value).toBe("");
  });

  it("without words goes back to the world", async () => {
    const { sent, type, left } = chat();
    await type("   ");
    expect([sent, left()]).toEqual([[], 1]);
  });

  it("is left by Escape", () => {
    const { input, left } = chat();
    press(input, "Escape");
    expect(left()).toBe(1);
  });

  it("that is refused says why and stays in the field", async () => {
    const { input, lines, type } = chat(() => "That was a lot in a short time.");
    await type("Hello");
    expect(input.value).toBe("Hello");
    expect(lines()).toEqual(["That was a lot in a short time."]);
  });

  it("that is refused does not write over a newer one", async () => {
    const { input, element } = chat(() => "No.");
    input.value = "first";
    submit(element);
    input.value = "second";
    await settle();
    expect(input.value).toBe("second");
  });
});

describe("a muted visitor", () => {
  it("reads until when, and keeps what was typed", async () => {
    const { it, element, input, sent, type } = chat();
    input.value = "half a sen";
    it.silence("You cannot chat until 18:00");
    const notice = element.querySelector("#chat-silenced");
    expect(notice?.textContent).toBe("You cannot chat until 18:00");
    expect(input.getAttribute("aria-describedby")).toBe("chat-silenced");
    expect(input.readOnly).toBe(true);
    expect(button(element, "Send").getAttribute("aria-disabled")).toBe("true");
    await type("half a sen");
    expect([sent, input.value]).toEqual([[], "half a sen"]);
  });

  it("may speak again as if nothing had been", async () => {
    const { it, element, input, sent, type } = chat();
    it.silence("You cannot chat for now");
    it.silence(null);
    expect(isShown(element.querySelector("#chat-silenced") as Element)).toBe(false);
    expect(input.readOnly || input.hasAttribute("aria-describedby")).toBe(false);
    await type("Hello");
    expect(sent).toEqual(["Hello"]);
  });
});

describe("the lines", () => {
  it("stand in their order, come back to their place and go when removed", () => {
    const { it, lines } = chat();
    const [one, two, three] = [message("1"), message("2"), message("3")];
    it.lines.show([one, two, three]);
    expect(lines()).toEqual(["Ana 1", "Ana 2", "Ana 3"]);
    it.lines.show([one, three]);
    expect(lines()).toEqual(["Ana 1", "Ana 3"]);
    it.lines.show([one, two, three]);
    expect(lines()).toEqual(["Ana 1", "Ana 2", "Ana 3"]);
  });

  it("marks the host's lines with the lantern and a moderator's with the word, also after they went", () => {
    const { it, element, lines } = chat();
    const said = [message("1", { playerId: "h", author: "Sofie" }), message("2", { playerId: "m" })];
    const lit = () => [...element.querySelectorAll("li")].map((line) => line.querySelector("svg") !== null);
    it.lines.show(said);
    expect(lit()).toEqual([false, false]);
    it.lines.show(said, (id) => (id === "h" ? "host" : "moderator"));
    expect(lit()).toEqual([true, false]);
    expect(lines()).toEqual(["Sofiehost 1", "Anamoderator 2"]);
    it.lines.show(said, () => undefined);
    expect(lit()).toEqual([true, false]);
    it.lines.show(said, () => null);
    expect([lit(), lines()]).toEqual([
      [false, false],
      ["Sofie 1", "Ana 2"],
    ]);
  });

  it("of the world itself have no author", () => {
    const { it, lines } = chat();
    it.lines.show([message("greeting-w", { playerId: "system", author: "System", content: "Welcome." })]);
    expect(lines()).toEqual(["Welcome."]);
  });

  it("of a new world greet in the page's language, unless its host wrote the greeting", () => {
    const { it, lines, speech } = chat();
    const greeting = { playerId: "system", content: "Welcome to the harbour. Say hello." };
    const own = { playerId: "system", content: "Mind the step." };
    it.lines.show([message("greeting-w", greeting), message("greeting-x", own), message("1", greeting)]);
    speech.choose("es");
    expect(lines()).toEqual([
      "Te damos la bienvenida al puerto. Saluda.",
      "Mind the step.",
      "Welcome to the harbour. Say hello.",
    ]);
    speech.choose("en");
    expect(lines()[0]).toBe(greeting.content);
  });

  it("are text, whatever somebody writes", () => {
    const { it, element, lines } = chat();
    it.lines.show([message("1", { author: "<i>A</i>", content: "<img src=x onerror=alert(1)>" })]);
    expect(lines()).toEqual(["<i>A</i> <img src=x onerror=alert(1)>"]);
    expect(element.querySelector("li img, li i")).toBeNull();
  });

  it("count who came in one after the other, until somebody speaks", () => {
    const { it, lines } = chat();
    it.lines.cameIn("Ana");
    it.lines.cameIn("Bo");
    it.lines.cameIn("Cem");
    expect(lines()).toEqual(["Ana and 2 others came in"]);
    it.lines.show([message("1")]);
    it.lines.aside("aside", "chat-aside");
    it.lines.cameIn("Dee");
    expect(lines().at(-1)).toBe("Dee came in");
  });

  it("never grow without end", () => {
    const { it, lines } = chat();
    for (let i = 0; i < CHAT_LINES_KEPT * 3; i++) it.lines.aside(`${i}`, "chat-aside");
    expect(lines()).toHaveLength(CHAT_LINES_KEPT * 2);
    it.lines.clear();
    expect(lines()).toEqual([]);
  });
});
