// What the page does where scripts run: a moment of all charts under the pointer, a second language, and when it was
// by the reader's clock. Without it everything stands there as it was written.
(() => {
  const charts = [...document.querySelectorAll("figure[data-chart]")].map((figure) => ({
    figure,
    at: figure.querySelector("figcaption"),
    ...JSON.parse(figure.dataset.chart),
  }));
  const number = (value) =>
    digits(value >= 10000 ? `${Math.round(value / 100) / 10}k` : String(Math.round(value * 100) / 100));

  /** One line through all charts, and what each says there. */
  function show(second) {
    for (const { figure, at, end, series } of charts) {
      const near = series[0].points.reduce((best, [s], i) =>
        Math.abs(s - second) < Math.abs(series[0].points[best][0] - second) ? i : best, 0);
      const time = series[0].points[near]?.[0] ?? second;
      for (const div of figure.querySelectorAll("div[data-plot]")) {
        const { left, right, top, bottom } = JSON.parse(div.dataset.plot);
        const svg = div.querySelector("svg");
        let line = svg.querySelector(".cursor");
        if (!line) {
          line = document.createElementNS("http://www.w3.org/2000/svg", "line");
          line.setAttribute("class", "cursor");
          line.setAttribute("y1", top);
          line.setAttribute("y2", bottom);
          svg.append(line);
        }
        const x = left + ((right - left) * time) / end;
        line.setAttribute("x1", x);
        line.setAttribute("x2", x);
      }
      const parts = series.map(({ name, points }) => {
        const value = points[near]?.[1];
        return `${words(name)} ${value === null || value === undefined ? "-" : number(value)}`;
      });
      at.textContent = `${number(time)} s: ${parts.join(separator())}`;
    }
  }

  function hide() {
    for (const line of document.querySelectorAll(".cursor")) line.remove();
    for (const { at } of charts) at.textContent = words(HINT);
  }

  function follow(event) {
    const div = event.target.closest("div[data-plot]");
    if (!div) return;
    const { left, right, width } = JSON.parse(div.dataset.plot);
    const box = div.getBoundingClientRect();
    const { end } = JSON.parse(div.parentElement.dataset.chart);
    const x = ((event.clientX - box.left) / box.width) * width;
    show(Math.min(end, Math.max(0, (end * (x - left)) / (right - left))));
  }

  for (const { figure } of charts) {
    figure.addEventListener("pointermove", follow);
    figure.addEventListener("pointerdown", follow);
    figure.addEventListener("pointerleave", hide);
  }

  let spanish = false;

  /** Numbers as the language writes them: groups are parted by spaces in both, a percentage from its sign in one. */
  function digits(text) {
    return spanish ? text.replace(/(\d)\.(?=\d)/g, "$1,").replace(/(\d)%/g, "$1\u00a0%") : text;
  }

  /** Between numbers: a comma would be one of theirs. */
  function separator() {
    return spanish ? "; " : ", ";
  }

  function words(text) {
    if (!spanish) return text;
    if (Object.hasOwn(SPANISH, text)) return SPANISH[text];
    return digits(PARTS.reduce((said, [from, to]) => said.replace(from, to), text));
  }

  /** A chart in words: `Fan-out, ms: p50 12.5, p95 33`. */
  function description(text) {
    const [title, values] = text.split(": ");
    if (values === undefined) return words(text);
    const said = values.split(", ").map((one) => {
      const at = one.lastIndexOf(" ");
      return `${words(one.slice(0, at))} ${digits(one.slice(at + 1))}`;
    });
    return `${words(title)}: ${said.join(separator())}`;
  }

  /** Every text as it was written, by its node. */
  const written = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("script, style, figcaption, time, [translate=no], [data-doubt]") || node.data.trim() === ""
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) written.set(walker.currentNode, walker.currentNode.data);
  const canvas = document.createElement("canvas").getContext("2d");
  function width(text, size) {
    canvas.font = `${size}px Figtree, system-ui, sans-serif`;
    return canvas.measureText(text.trim()).width;
  }

  /** In a legend, words that are longer in this language push on what comes behind them: to the left where a row ends
   *  at the right edge. */
  function arrange(svg) {
    const [, , ...rest] = svg.children;
    const legend = rest.slice(0, rest.findIndex((it) => !["rect", "text"].includes(it.tagName)));
    const towards = legend[0]?.getAttribute("text-anchor") === "end" ? -1 : 1;
    let shift = 0;
    let row = null;
    for (const part of legend) {
      const isText = part.tagName === "text";
      // A swatch lies a pixel above the middle of its row.
      const middle = Number(part.getAttribute("y")) + (isText ? 0 : 1);
      if (middle !== row) shift = 0;
      row = middle;
      part.setAttribute("transform", `translate(${shift} 0)`);
      const [node] = part.childNodes;
      const size = Number(part.getAttribute("font-size"));
      if (isText && written.has(node)) shift += towards * (width(node.data, size) - width(written.get(node), size));
    }
  }
  const arrangeAll = () => document.querySelectorAll("figure svg").forEach(arrange);

  const kept = (elements, text) => [...elements].map((element) => ({ element, text: text(element) }));
  const labels = kept(document.querySelectorAll("[aria-label]"), (it) => it.getAttribute("aria-label"));
  const doubts = kept(document.querySelectorAll("[data-doubt]"), (it) => it.textContent);
  const title = document.title;

  const choice = document.createElement("button");
  choice.type = "button";
  choice.className = "language";
  document.querySelector("header").append(choice);

  function speak(isSpanish) {
    spanish = isSpanish;
    const language = spanish ? "es" : "en";
    const own = navigator.language ?? "";
    document.documentElement.lang = language;
    document.title = words(title);
    choice.textContent = spanish ? "English" : "Español";
    choice.lang = spanish ? "en" : "es";
    for (const [node, text] of written) {
      const [, before, said, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
      node.data = before + words(said.replace(/\s+/g, " ")) + after;
    }
    for (const { element, text } of labels) element.setAttribute("aria-label", spanish ? description(text) : text);
    for (const { element, text } of doubts) {
      const doubt = JSON.parse(element.dataset.doubt);
      element.textContent = spanish && Object.hasOwn(DOUBTS, doubt.code) ? DOUBTS[doubt.code](doubt) : text;
    }
    arrangeAll();
    const clock = new Intl.DateTimeFormat(own.toLowerCase().startsWith(language) ? own : language, {
      day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
    });
    for (const time of document.querySelectorAll("time")) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) time.textContent = clock.format(at);
    }
    hide();
  }
  choice.addEventListener("click", () => speak(!spanish));
  speak((navigator.language ?? "").toLowerCase().startsWith("es"));
  // Measured before the font of the page was there, the words are of another width.
  document.fonts.ready.then(arrangeAll);
})();
