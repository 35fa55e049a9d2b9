// @vitest-environment jsdom

import type { Answer } from "@comutiny/client";
import type { Account } from "@comutiny/client/contract";
import { settle } from "@comutiny/client/scripted";
import { describe, expect, it } from "vitest";
import { AccountDialog } from "./account-dialog";
import { button, buttons, onPage, speechIn, submit } from "./scripted";

const ANA: Account = { id: "1", username: "Ana", email: "ana@example.org", role: "user" };
const refused = (code: string): Answer<never> => ({ ok: false, code, message: "The server's sentence." });

function dialog(account: Account | null, answer: Answer<never> | null = null) {
  const calls: unknown[][] = [];
  const answering =
    <T>(name: string, value: T) =>
    async (...given: string[]): Promise<Answer<T>> => {
      calls.push([name, ...given]);
      return answer ?? { ok: true, value };
    };
  const speech = speechIn();
  const it = new AccountDialog(
    speech,
    {
      logIn: answering("logIn", ANA),
      register: answering("register", ANA),
      logOut: answering("logOut", true as const),
      changePassword: answering("changePassword", ANA),
      deleteAccount: answering("deleteAccount", true as const),
    },
    () => "Quiet Heron",
  );
  const element = onPage(it.element);
  it.show(account);
  const fill = (...values: string[]) => {
    const fields = [...element.querySelectorAll("input")];
    expect(fields).toHaveLength(values.length);
    fields.forEach((each, i) => {
      each.value = values[i] ?? "";
    });
    submit(element);
    return settle();
  };
  return { element, calls, fill, speech };
}

describe("a guest", () => {
  it("logs in, and the password keeps its spaces", async () => {
    const { element, calls, fill } = dialog(null);
    expect(document.activeElement?.getAttribute("type")).toBe("email");
    await fill(" ana@example.org ", " secret ");
    expect(calls).toEqual([["logIn", "ana@example.org", " secret "]]);
    expect(element.open).toBe(false);
  });

  it("reads why a login failed, and the dialog stays", async () => {
    const { element, fill } = dialog(null, refused("wrong-credentials"));
    await fill("ana@example.org", "wrong");
    expect(element.querySelector("[role=alert]")?.textContent).toBe("E-mail or password is not right.");
    expect(element.open).toBe(true);
  });

  it("reads the server's sentence where the page has no words of its own", async () => {
    const { element, fill } = dialog(null, refused("something-new"));
    await fill("ana@example.org", "secret");
    expect(element.querySelector("[role=alert]")?.textContent).toBe("The server's sentence.");
  });

  it("is told in the language of the page what is missing, and nothing is sent", async () => {
    const { element, calls, fill, speech } = dialog(null);
    speech.choose("es");
    button(element, "Make an account").click();
    const words = () => element.querySelector("[role=alert]")?.textContent;
    await fill("", "ana@example.org", "long enough");
    expect([words(), document.activeElement?.getAttribute("type")]).toEqual(["Escribe un nombre.", "text"]);
    await fill("Ana", " ", "long enough");
    expect(words()).toBe("Escribe una dirección de correo.");
    await fill("Ana", "ana@example.org", "short");
    expect(words()).toBe("La contraseña es demasiado corta: al menos 8 caracteres.");
    expect([calls, element.querySelector("form")?.noValidate]).toEqual([[], true]);
  });

  it("makes an account", async () => {
    const { element, calls, fill } = dialog(null);
    button(element, "Make an account").click();
    expect(element.textContent).toContain("At least 8 characters.");
    await fill("Ana", "ana@example.org", "long enough");
    expect(calls).toEqual([["register", "Ana", "ana@example.org", "long enough"]]);
  });
});

describe("an account", () => {
  it("shows whose it is and what can be done", () => {
    const { element } = dialog(ANA);
    expect(element.textContent).toContain("Anaana@example.org");
    expect(buttons(element)).toEqual(["Close", "Change password", "Log out", "Delete account"]);
  });

  it("logs out", async () => {
    const { element, calls } = dialog(ANA);
    button(element, "Log out").click();
    await settle();
    expect([calls, element.open]).toEqual([[["logOut"]], false]);
  });

  it("stays when it cannot log out", async () => {
    const { element } = dialog(ANA, refused("unavailable"));
    button(element, "Log out").click();
    await settle();
    expect(element.textContent).toContain("The world is busy or closing.");
    expect(element.open).toBe(true);
  });

  it("changes its password and says what that means", async () => {
    const { element, calls, fill } = dialog(ANA);
    button(element, "Change password").click();
    await fill("old secret", "new secret");
    expect(calls).toEqual([["changePassword", "old secret", "new secret"]]);
    expect(element.textContent).toContain("The new password holds from now on.");
  });

  it("names a wrong password as one's own", async () => {
    const { element, fill } = dialog(ANA, refused("wrong-credentials"));
    button(element, "Change password").click();
    await fill("wrong", "new secret");
    expect(element.querySelector("[role=alert]")?.textContent).toBe("That is not your password.");
  });

  it("is deleted only with its password, and one can go back before", async () => {
    const { element, calls, fill } = dialog(ANA);
    button(element, "Delete account").click();
    button(element, "Back").click();
    button(element, "Delete account").click();
    expect(element.querySelector("h2")?.textContent).toBe("Delete your account?");
    await fill("secret");
    expect(calls).toEqual([["deleteAccount", "secret"]]);
    expect(element.textContent).toContain("Your account is gone.");
    button(element, "Close").click();
    expect(element.open).toBe(false);
  });
});
