/**
 * A dialog in the page's style: a title, something in it, and a way out. The browser keeps the focus inside and gives
 * it back.
 */
import close from "@phosphor-icons/core/assets/bold/x-bold.svg?raw";
import { el, icon } from "../dom/element";

export class Dialog {
  private readonly title = el("h2");
  private readonly leave = el("button", { class: "icon-button", type: "button" }, icon(close, 16));
  protected readonly body = el("div", { class: "dialog-body" });
  readonly element = el("dialog", { class: "dialog" });

  constructor(kind: string) {
    this.element.classList.add(kind);
    this.title.id = `${kind}-title`;
    this.element.setAttribute("aria-labelledby", this.title.id);
    this.element.append(el("header", {}, this.title, this.leave), this.body);
    this.leave.addEventListener("click", () => this.close());
    // What was typed, a password perhaps, does not stay on the page.
    this.element.addEventListener("close", () => this.body.replaceChildren());
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.close();
    });
  }

  protected name(title: string, closeWords: string): void {
    this.title.textContent = title;
    this.leave.setAttribute("aria-label", closeWords);
    this.leave.title = closeWords;
  }

  open(): void {
    if (!this.element.open) this.element.showModal();
  }

  close(): void {
    this.element.close();
  }
}
