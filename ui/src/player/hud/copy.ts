/**
 * Copies text: by the clipboard where the browser lets a page at it, else by a selection, as on pages of a LAN without
 * https.
 */

/** The field holds the text, and stays selected. Answers whether it was copied. */
export async function copyFrom(field: HTMLInputElement): Promise<boolean> {
  field.focus();
  field.select();
  try {
    if (globalThis.isSecureContext && navigator.clipboard) {
      await navigator.clipboard.writeText(field.value);
      return true;
    }
    return document.execCommand("copy");
  } catch {
    return false;
  }
}
