/**
 * Upper left: which program and which world this is, and by its lantern, how the connection is.
 */
import type { SessionState } from "@comutiny/client";
import { brandMark, type LanternState, wordmark } from "../brand/brand";
import { el, show } from "../dom/element";

export class BrandPanel {
  private readonly world = el("span", { class: "brand-world", dir: "auto" });
  readonly element = el("header", { class: "panel brand" }, brandMark(24), wordmark(), this.world);

  nameWorld(name: string): void {
    this.world.textContent = name;
    show(this.world, name !== "");
    document.body.classList.toggle("has-world", name !== "");
    document.title = name === "" ? "CoMutiNy" : `${name} · CoMutiNy`;
  }

  light(state: SessionState): void {
    document.body.dataset.lantern = lanternFor(state);
  }
}

function lanternFor(state: SessionState): LanternState {
  switch (state.kind) {
    case "connecting":
      return "starting";
    case "live":
      return "lit";
    case "reconnecting":
      return "out";
    case "terminated":
      return state.code === "shutdown" ? "out" : "lit";
  }
}
