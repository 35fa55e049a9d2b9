// @vitest-environment jsdom

import type { Player } from "@comutiny/client/contract";
import { settle } from "@comutiny/client/scripted";
import { describe, expect, it } from "vitest";
import { Muted } from "../muted";
import { PersonCard } from "./person-card";
import { Roster } from "./roster";
import { button, buttons, field, isShown, onPage, player, portraits, speechIn, submit } from "./scripted";

function roster(players: readonly Player[], selfId: string | null = null) {
  const muted = new Muted(null);
  const chosen: string[] = [];
  const it = new Roster(speechIn(), muted, portraits, "harbour", (id) => chosen.push(id));
  const element = onPage(it.element);
  it.show(players, selfId);
  const names = () => [...element.querySelectorAll(".roster-name")].map(({ textContent }) => textContent);
  const note = (name: string) =>
    [...element.querySelectorAll("li")]
      .find((row) => row.textContent?.startsWith(name))
      ?.querySelector(".roster-note")?.textContent;
  return { it, element, muted, chosen, names, note };
}

const crowd = (count: number) => Array.from({ length: count }, (_, i) => player(`p${i}`));

describe("who is here", () => {
  it("begins with oneself, who is no button to press", () => {
    const { element, names, note } = roster([player("a"), player("me"), player("b")], "me");
    expect(names()).toEqual(["ME", "A", "B"]);
    expect(note("ME")).toBe("you");
    expect(button(element, "MEyou").disabled).toBe(true);
  });

  it("opens a person's card", () => {
    const { element, chosen } = roster([player("a"), player("b")]);
    button(element, "B").click();
    expect(chosen).toEqual(["b"]);
  });

  it("makes room on a phone for the card it opens", () => {
    const { element, chosen } = roster([player("a"), player("b")]);
    const toggle = element.querySelector<HTMLElement>(".roster-toggle");
    toggle?.click();
    expect(element.classList.contains("open")).toBe(true);
    button(element, "B").click();
    expect([element.classList.contains("open"), chosen]).toEqual([false, ["b"]]);
    expect(document.activeElement).toBe(toggle);
  });

  it("is short until one asks for more", () => {
    const { element, names } = roster(crowd(9));
    expect(names()).toHaveLength(5);
    button(element, "4 more").click();
    expect(names()).toHaveLength(9);
    button(element, "Fewer").click();
    expect(names()).toHaveLength(5);
    expect(roster(crowd(6)).names(), "one more row costs no more than its button").toHaveLength(6);
  });

  it("keeps its rows in place as people come and go", () => {
    const { it, element, names } = roster([player("a"), player("b"), player("c")]);
    const row = element.querySelectorAll("li")[2];
    it.show([player("a"), player("c", { name: "Cem" }), player("d")], null);
    expect(names()).toEqual(["A", "Cem", "D"]);
    expect(element.querySelectorAll("li")[1]).toBe(row);
  });

  it("tells a moderator how many reports there are about whom, and moves nobody up for it", () => {
    const { it, names, note } = roster([player("me"), player("a"), player("b")], "me");
    const counts = new Map([
      ["b", 2],
      ["me", 1],
    ]);
    it.reported(counts);
    expect([names(), note("ME"), note("A"), note("B")]).toEqual([["ME", "A", "B"], "you", "", "2 reports"]);
    it.reported(new Map([["b", 1]]));
    expect(note("B")).toBe("1 report");
    it.reported(new Map());
    expect(note("B")).toBe("");
  });

  it("shows the host's lantern and a moderator's word, by the list of the world alone", () => {
    const claims = player("liar", { name: "host", metadata: { role: "host", staff: "host" } });
    const { it, element, note } = roster([player("me"), player("mo"), claims], "me");
    const lit = () =>
      [...element.querySelectorAll<HTMLElement>(".roster-badge")]
        .filter(isShown)
        .map((badge) => badge.parentElement?.querySelector(".roster-name")?.textContent);
    expect(lit()).toEqual([]);
    it.show(
      [player("me"), player("mo"), claims],
      "me",
      new Map([
        ["me", "host"],
        ["mo", "moderator"],
      ]),
    );
    expect(lit()).toEqual(["ME"]);
    expect([note("ME"), note("MO"), note("host")]).toEqual(["you, host", "moderator", ""]);
    it.show([player("me"), player("mo"), claims], "me", new Map());
    expect([lit(), note("MO")]).toEqual([[], ""]);
  });

  it("notes who is on another map, and whom one does not want to hear", () => {
    const { it, muted, note } = roster([player("a", { metadata: { mapId: "attic" } }), player("b")]);
    expect(note("A")).toBe("on another map");
    muted.toggle("b");
    it.show([player("a"), player("b")], null);
    expect(note("B")).toBe("not heard");
  });

  it("names people before bots, and counts them apart", () => {
    const bot = (id: string) => player(id, { name: `bot ${id}`, metadata: { bot: true } });
    const people = [bot("x"), bot("y"), player("b", { name: "Bo" }), player("me", { name: "Me" })];
    const { element, names } = roster(people, "me");
    expect(names()).toEqual(["Me", "Bo", "bot x", "bot y"]);
    expect(element.querySelector(".count")?.textContent).toBe("2 and 2 bots");
  });

  it("says how one gets company", () => {
    const hint = ({ element }: { readonly element: HTMLElement }) => {
      const line = element.querySelector(".roster-hint") as HTMLElement;
      return isShown(line) ? line.textContent : null;
    };
    expect(hint(roster([]))).toBe("Nobody is here yet. Share the link and the first light goes on.");
    expect(hint(roster([player("me")], "me"))).toBe(
      "Only you so far. Share the link and the next light goes on.",
    );
    expect(hint(roster(crowd(2), "p0"))).toBeNull();
  });
});

describe("a person's card", () => {
  function card(refusal?: string) {
    const muted = new Muted(null);
    const reports: [string, string][] = [];
    const walked: string[] = [];
    const it = new PersonCard(speechIn(), muted, portraits, {
      onMute: (id) => void muted.toggle(id),
      walkTo: (id) => void walked.push(id),
      about: () => "On the plaza",
      desk: () => null,
      onClose: () => {},
      report: async (...report) => {
        reports.push(report);
        return refusal;
      },
    });
    const element = onPage(it.element);
    it.show(player("b", { name: "Bo" }), null);
    const reason = () => {
      button(element, "Report").click();
      return field(element, "report-reason");
    };
    return { element, muted, reports, walked, reason };
  }

  it("leads to the person", () => {
    const { element, walked } = card();
    button(element, "Walk there").click();
    expect(walked).toEqual(["b"]);
    expect(element.open).toBe(false);
  });

  it("is named after the person and closes", () => {
    const { element } = card();
    expect(element.querySelector("h2")?.textContent).toBe("Bo");
    expect(element.open).toBe(true);
    button(element, "Close").click();
    expect(element.open).toBe(false);
    expect(element.querySelector("textarea"), "what was typed does not stay").toBeNull();
  });

  it("stops hearing somebody, and hears them again", () => {
    const { element, muted } = card();
    button(element, "Do not hear").click();
    expect(muted.has("b")).toBe(true);
    button(element, "Hear again").click();
    expect(muted.has("b")).toBe(false);
    expect(buttons(element)).toContain("Do not hear");
  });

  it("reports with a reason, and not without", async () => {
    const { element, reports, reason: open } = card();
    const reason = open();
    submit(element);
    expect(element.textContent).toContain("Write what happened.");
    expect(document.activeElement).toBe(reason);
    reason.value = "  rude ";
    submit(element);
    await settle();
    expect(reports).toEqual([["b", "rude"]]);
    expect(element.textContent).toContain("A moderator will read it.");
  });

  it("keeps the reason when the report was refused", async () => {
    const { element, reason: open } = card("That was a lot in a short time.");
    const reason = open();
    reason.value = "rude";
    submit(element);
    await settle();
    expect(element.textContent).toContain("That was a lot in a short time.");
    expect(field(element, "report-reason").value).toBe("rude");
  });
});
