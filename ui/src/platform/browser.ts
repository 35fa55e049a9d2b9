/**
 * The administration in a browser tab: same origin as its server, signed in by a cookie it cannot read.
 */
import type { FileToSave, PickedFile, PickRequest, Platform } from "./platform";

/** How long the browser may take to begin a download before its address is given back, ms. */
const DOWNLOAD_GRACE_MS = 30_000;

const LANGUAGE_KEPT_AS = "comutiny.admin.language";

export const browser: Platform = {
  kind: "browser",
  open: () => Promise.resolve(),
  language: keptLanguage,
  keepLanguage,
  scheme: () => "auto",
  onScheme: () => () => {},
  gateway: () => window.location.origin,
  sessionToken: () => null,
  saveFile,
  pickFile,
  copy,
  openLink: (url) => void window.open(url, "_blank", "noopener,noreferrer"),
  server: null,
  computer: null,
};

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEPT_AS);
  } catch {
    return null;
  }
}

function keepLanguage(language: string): void {
  try {
    localStorage.setItem(LANGUAGE_KEPT_AS, language);
  } catch {
    // Full or forbidden: the choice lasts as long as the page.
  }
}

async function saveFile({ name, content }: FileToSave): Promise<boolean> {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), DOWNLOAD_GRACE_MS);
  return true;
}

function pickFile({ accept }: PickRequest): Promise<PickedFile | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      resolve(file ? { name: file.name, content: file } : null);
    });
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

/** A page on a LAN over plain http has no clipboard of its own, but may still copy what is selected. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("aria-hidden", "true");
  field.style.position = "fixed";
  field.style.opacity = "0";
  // Inside an open dialog, so that its focus trap does not take the selection away.
  (before?.closest("[role=dialog]") ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
