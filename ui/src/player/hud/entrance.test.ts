// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { Entrance } from "./entrance";
import { button, buttons, field, isShown, onPage, speechIn, submit } from "./scripted";

function entrance(name = "") {
  const entered: [string, string][] = [];
  let account = 0;
  const speech = speechIn();
  const it = new Entrance(speech, name, {
    enter: (...given) => entered.push(given),
    account: () => {
      account += 1;
    },
  });
  const element = onPage(it.element);
  const problem = () => element.querySelector("[role=alert]")?.textContent;
  const sight = () => element.querySelector(".card-world")?.textContent;
  const type = (id: "name-field" | "pin-field", text: string) => {
    field(element, id).value = text;
  };
  return { it, element, entered, problem, sight, type, speech, accounts: () => account };
}

describe("going in", () => {
  it("takes the trimmed name", () => {
    const { element, entered, type } = entrance();
    type("name-field", "  Ana ");
    submit(element);
    expect(entered).toEqual([["Ana", ""]]);
  });

  it("with the name of last time takes a press of Enter", () => {
    const { element, entered } = entrance("Bo");
    submit(element);
    expect(entered).toEqual([["Bo", ""]]);
  });

  it("asks for a name first", () => {
    const { element, entered, problem, type } = entrance();
    type("name-field", "   ");
    submit(element);
    expect(entered).toEqual([]);
    expect(problem()).toBe("Write a name first. It is what others call you.");
    expect(document.activeElement?.id).toBe("name-field");
  });

  it("happens once, however often the button is pressed", () => {
    const { it, element, entered, type } = entrance();
    type("name-field", "Ana");
    submit(element);
    it.setBusy(true);
    submit(element);
    expect(entered).toHaveLength(1);
    expect(buttons(element)[0]).toBe("Going in");
    expect(button(element, "Going in").getAttribute("aria-disabled")).toBe("true");
    it.setBusy(false);
    expect(buttons(element)[0]).toBe("Go in");
  });

  it("says why not, until it is tried again", () => {
    const { it, element, problem } = entrance("Ana");
    it.complain("This world is full right now.");
    expect(problem()).toBe("This world is full right now.");
    submit(element);
    expect(problem()).toBe("");
  });
});

describe("a world with a PIN", () => {
  it("gets a field for it only when it asks", () => {
    const { it, element } = entrance("Ana");
    expect(isShown(field(element, "pin-field"))).toBe(false);
    it.askForPin();
    expect(isShown(field(element, "pin-field"))).toBe(true);
    expect(element.textContent).toContain("This world asks for a PIN.");
  });

  it("gets the name and the PIN", () => {
    const { it, element, entered, problem, type } = entrance("Ana");
    it.askForPin();
    submit(element);
    expect(problem()).toBe("Write the PIN. The host of this world gives it out.");
    expect(document.activeElement?.id).toBe("pin-field");
    type("pin-field", " 1234 ");
    submit(element);
    expect(entered).toEqual([["Ana", "1234"]]);
  });

  it("that was wrong is asked for anew", () => {
    const { it, element, type } = entrance("Ana");
    it.askForPin();
    type("pin-field", "0000");
    it.askForPin();
    expect(field(element, "pin-field").value).toBe("");
    it.focus();
    expect(document.activeElement?.id).toBe("pin-field");
  });
});

describe("the world outside", () => {
  it("is looked for, seen, and out of reach", () => {
    const { it, sight } = entrance();
    expect(sight()).toBe("Looking for the harbour");
    it.lookIn({ world: "Faro", count: 3 });
    expect(sight()).toBe("Faro3 people are here");
    it.lookIn({ world: "Faro", count: 1 });
    expect(sight()).toBe("Faro1 person is here");
    it.lookIn({ world: "", count: 0 });
    expect(sight()).toBe("Nobody is here yet. Share the link and the first light goes on.");
    it.outOfReach(true);
    expect(sight()).toBe("The harbour does not answer yet.");
  });
});

describe("an account", () => {
  it("is one press away, and named when it is there", () => {
    const { it, element, accounts } = entrance();
    button(element, "Log in").click();
    expect(accounts()).toBe(1);
    it.knows("Ana");
    expect(buttons(element)).toContain("You are logged in as Ana.");
  });

  it("suggests its name where none was written", () => {
    const { it, element, type } = entrance();
    it.suggest("Ana");
    expect(field(element, "name-field").value).toBe("Ana");
    type("name-field", "Bo");
    it.suggest("Ana");
    expect(field(element, "name-field").value).toBe("Bo");
  });
});

it("changes its language on the spot and keeps what was typed", () => {
  const { element, type, speech } = entrance();
  type("name-field", "Ana");
  speech.choose("es");
  expect(buttons(element)[0]).toBe("Entrar");
  expect(field(element, "name-field").value).toBe("Ana");
});
