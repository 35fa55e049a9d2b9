// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { Menu } from "./menu";
import { button, buttons, onPage, press, speechIn } from "./scripted";

function opened(inside = true) {
  const asked: string[] = [];
  const speech = speechIn();
  const menu = new Menu(speech, {
    share: () => asked.push("share"),
    look: () => asked.push("look"),
    account: () => asked.push("account"),
    leave: () => asked.push("leave"),
    chooseLanguage: (code) => {
      asked.push(code);
      speech.choose(code);
    },
  });
  menu.inWorld(inside);
  const element = onPage(menu.element);
  button(element, "Menu").click();
  const sheet = element.querySelector(".menu") as HTMLElement;
  return { element, sheet, asked };
}

describe("the menu", () => {
  it("offers in the world what one can do there", () =>
    expect(buttons(opened().sheet)).toEqual([
      "Share the link",
      "Change your look",
      "Account",
      "Español",
      "Leave the world",
    ]));

  it("offers outside the world neither a look nor a way out", () =>
    expect(buttons(opened(false).sheet)).toEqual(["Account", "Español"]));

  it("does what its items are called, and closes", () => {
    const { element, sheet, asked } = opened();
    for (const name of ["Share the link", "Change your look", "Account", "Leave the world"]) {
      if (sheet.hidden) button(element, "Menu").click();
      button(sheet, name).click();
      expect(sheet.hidden).toBe(true);
    }
    expect(asked).toEqual(["share", "look", "account", "leave"]);
  });

  it("offers every language but the one that is spoken, each by its own name", () => {
    const { element, sheet, asked } = opened();
    const spanish = button(sheet, "Español");
    expect(spanish.lang).toBe("es");
    spanish.click();
    expect(asked).toEqual(["es"]);
    button(element, "Menú").click();
    expect(buttons(sheet)).toContain("English");
    expect(buttons(sheet)).not.toContain("Español");
  });

  it("has the look one key nearer", () => {
    const { element, asked } = opened();
    element.querySelector<HTMLElement>(".look-button")?.click();
    expect(asked).toEqual(["look"]);
  });

  it("takes the focus, and gives it back to its button on Escape", () => {
    const { element, sheet } = opened();
    expect(sheet.contains(document.activeElement)).toBe(true);
    press(sheet, "Escape");
    expect(sheet.hidden).toBe(true);
    expect(document.activeElement).toBe(button(element, "Menu"));
    expect(button(element, "Menu").getAttribute("aria-expanded")).toBe("false");
  });

  it("closes by a press anywhere else", () => {
    const { sheet } = opened();
    sheet.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    expect(sheet.hidden).toBe(false);
    document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    expect(sheet.hidden).toBe(true);
  });
});
