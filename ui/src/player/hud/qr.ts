/**
 * A link as a QR code. Its library comes with the first code that is asked for.
 */

const SVG = "http://www.w3.org/2000/svg";
/** Modules of white around it: scanners need the edge. */
const MARGIN = 3;

export async function qrCode(link: string, label: string): Promise<SVGSVGElement> {
  const { default: qrcode } = await import("qrcode-generator");
  const code = qrcode(0, "M");
  code.addData(link);
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++)
      if (code.isDark(row, column)) path += `M${column + MARGIN} ${row + MARGIN}h1v1h-1z`;
  }
  const svg = document.createElementNS(SVG, "svg");
  const size = count + MARGIN * 2;
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("shape-rendering", "crispEdges");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  dark.setAttribute("fill", "#0a1118");
  svg.append(dark);
  return svg;
}
