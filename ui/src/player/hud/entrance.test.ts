// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { lookFromSeed } from "../look/look";
import { Dressing } from "./dressing";
import { Entrance } from "./entrance";
import { button, buttons, field, isShown, onPage, portraits, speechIn, submit } from "./scripted";

function entrance(name = "") {
  const entered: [string, string][] = [];
  let account = 0;
  let offers = 0;
  const asked: string[] = [];
  const taken = new Set<string>();
  const speech = speechIn();
  const dressing = new Dressing(speech, portraits, () => asked.push("dressed"));
  const it = new Entrance(
    {
      speech,
      portraits,
      name,
      dressing,
      offer: (current) => {
        if (current !== null && !taken.has(current)) return current;
        offers += 1;
        return `Heron ${offers}`;
      },
    },
    {
      enter: (...given) => entered.push(given),
      account: () => {
        account += 1;
      },
      roll: () => asked.push("roll"),
      dress: () => asked.push("dress"),
      chooseLanguage: (code) => speech.choose(code),
    },
  );
  const element = onPage(it.element);
  const problem = () => element.querySelector("[role=alert]")?.textContent;
  const sight = () => element.querySelector(".card-world")?.textContent;
  const type = (id: "name-field" | "pin-field", text: string) => {
    field(element, id).value = text;
    field(element, id).dispatchEvent(new Event("input"));
  };
  const named = () => field(element, "name-field").value;
  return { it, element, entered, problem, sight, type, speech, asked, taken, named, accounts: () => account };
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
    expect(buttons(element)).toContain("Going in");
    expect(button(element, "Going in").getAttribute("aria-disabled")).toBe("true");
    it.setBusy(false);
    expect(buttons(element)).toContain("Enter");
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
  const seen = (world: string, count: number, host: string | null = null) => ({
    world,
    count,
    host,
    heads: Array.from({ length: Math.min(count, 9) }, (_, i) => ({
      look: lookFromSeed(`${i}`),
      sheetId: null,
    })),
  });

  it("is looked for, seen, and out of reach", () => {
    const { it, element, sight } = entrance();
    const people = () => element.querySelector(".card-count")?.textContent;
    expect(sight()).toBe("Looking for the harbour");
    it.lookIn(seen("Faro", 3));
    expect([sight(), people()]).toEqual(["Faro", "3 people are here"]);
    it.lookIn(seen("Faro", 1, "Sofie"));
    expect([sight(), people()]).toEqual(["Faro kept by Sofie", "1 person is here"]);
    it.lookIn(seen("", 0));
    expect(people()).toBe("Nobody is here yet.");
    it.outOfReach(true);
    expect(sight()).toBe("The harbour does not answer yet.");
  });

  it("shows four faces at the most, and none when nobody is in", () => {
    const { it, element } = entrance();
    const faces = () => element.querySelectorAll(".card-heads canvas").length;
    it.lookIn(seen("Faro", 9));
    expect(faces()).toBe(4);
    it.lookIn(seen("Faro", 0));
    expect(faces()).toBe(0);
  });
});

describe("a name that is there already", () => {
  it("is offered to who has none, and Enter alone takes it in", () => {
    const { element, entered, named } = entrance();
    const offered = named();
    expect(offered).not.toBe("");
    submit(element);
    expect(entered).toEqual([[offered, ""]]);
  });

  it("is another one at every roll", () => {
    const { element, named } = entrance("Bo");
    button(element, "Another name").click();
    const first = named();
    expect(first).not.toBe("Bo");
    button(element, "Another name").click();
    expect(named()).not.toBe(first);
  });

  it("gives way when somebody inside has it, and not when the visitor wrote it", () => {
    const { it, taken, named, type } = entrance();
    const offered = named();
    taken.add(offered);
    it.lookIn({ world: "Faro", count: 1, heads: [], host: null });
    expect(named()).not.toBe(offered);
    type("name-field", offered);
    it.lookIn({ world: "Faro", count: 2, heads: [], host: null });
    expect(named()).toBe(offered);
  });
});

describe("the figure that will walk in", () => {
  it("is another one by a dice, or by the wardrobe in the same card", () => {
    const { it, element, asked } = entrance();
    button(element, "Another look").click();
    button(element, "Change your look").click();
    expect(asked).toEqual(["roll", "dress"]);
    it.turnToWardrobe(true);
    expect(isShown(field(element, "name-field"))).toBe(false);
    it.turnToWardrobe(false);
    expect(isShown(field(element, "name-field"))).toBe(true);
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
  expect(buttons(element)).toContain("Entrar");
  expect(field(element, "name-field").value).toBe("Ana");
});
