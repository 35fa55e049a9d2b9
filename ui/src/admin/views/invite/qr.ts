/** A QR code as one SVG path. Pure; the mathematics is `qrcode-generator`'s. */
import qrcode from "qrcode-generator";

export interface QrPath {
  /** Modules across, without the quiet zone. */
  readonly size: number;
  /** One unit per module. */
  readonly path: string;
}

export function qrPath(text: string): QrPath {
  // 0: the smallest version that fits. M survives a thumb on the screen.
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!code.isDark(row, column)) continue;
      let run = 1;
      while (column + run < size && code.isDark(row, column + run)) run += 1;
      path += `M${column} ${row}h${run}v1h-${run}z`;
      column += run - 1;
    }
  }
  return { size, path };
}

/** The link the code carries: with the PIN, so that nobody types it. */
export function linkWithPin(url: string, pin: string | null): string {
  return pin === null || pin === "" ? url : `${url.replace(/#.*$/, "")}#pin=${encodeURIComponent(pin)}`;
}

/** `http://` and the rest, to be written in two tones; a closing slash says nothing. */
export function linkParts(url: string): { readonly scheme: string; readonly rest: string } {
  const [, scheme = "", rest = url] = /^(\w+:\/\/)(.*)$/.exec(url) ?? [];
  return { scheme, rest: rest.replace(/\/$/, "") };
}

/** The part before the colon of the port, and the rest. */
export function hostAndPort(authority: string): { readonly host: string; readonly port: string } {
  const [, host = authority, port = ""] = /^(.*?)(:\d+)?$/.exec(authority) ?? [];
  return { host, port };
}
