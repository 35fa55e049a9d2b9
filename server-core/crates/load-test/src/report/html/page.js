// What the page does where scripts run: a moment of all charts under the pointer, and a second language. Without it
// everything stands there as it was written.
(() => {
  const charts = [...document.querySelectorAll("figure[data-chart]")].map((figure) => ({
    figure,
    at: figure.querySelector("figcaption"),
    ...JSON.parse(figure.dataset.chart),
  }));
  const number = (value) =>
    value >= 10000 ? `${Math.round(value / 100) / 10}k` : String(Math.round(value * 100) / 100);

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
      at.textContent = `${number(time)} s: ${parts.join(", ")}`;
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

  const HINT = "Point at a chart to read a moment of all of them.";
  const SPANISH = {
    "Load test": "Prueba de carga", "Latency": "Latencia", "Counts": "Cuentas", "Errors": "Errores",
    "Error": "Error", "Count": "Veces", "The first ones": "Los primeros", "samples": "muestras",
    "Every second as a table": "Cada segundo en una tabla", "Charts": "Gráficas",
    "Delivered": "Entregas", "Arrived of due": "Llegó de lo debido", "Fan-out p99": "Difusión p99",
    "Near p99": "Cerca p99", "Arrival p99": "Llegada p99", "CPU per delivery": "CPU por entrega",
    "Bytes a step": "Bytes por paso", "Lost or doubled": "Perdido o doble",
    "Join to ack": "De entrar a respuesta", "Update to ack": "De actualizar a respuesta", "Fan-out": "Difusión",
    "Age of states": "Edad de los estados", "Arrival": "Llegada", "Fan-out, near": "Difusión, cerca",
    "Fan-out, far": "Difusión, lejos", "On slow lines": "En líneas lentas",
    "Fan-out, ms": "Difusión, ms", "Update to ack, ms": "De actualizar a respuesta, ms",
    "Join to ack, ms": "De entrar a respuesta, ms", "Arrival, ms": "Llegada, ms",
    "Deliveries and clients": "Entregas y clientes", "Processor, % of one core": "Procesador, % de un núcleo",
    "Fan-out p99 by distance, ms": "Difusión p99 por distancia, ms",
    "Bytes per delivered update": "Bytes por actualización entregada",
    "Memory of the server, MB": "Memoria del servidor, MB", "Errors per second": "Errores por segundo",
    "per second": "por segundo", "clients": "clientes", "near": "cerca", "far": "lejos", "bytes": "bytes",
    "server": "servidor", "bots": "bots", "at most": "como mucho", "total": "total", "limit": "límite",
    "sent": "enviadas", "delivered": "entregadas", "coalesced": "reunidas", "fan-out p50": "difusión p50",
    "update p50": "actualizar p50", "server %": "servidor %", "memory": "memoria", "bots %": "bots %",
    "errors": "errores", "Clients": "Clientes", "Updates": "Actualizaciones", "Deliveries": "Entregas",
    "Lost": "Perdido", "Wrong": "Mal", "Bytes": "Bytes", "All in": "Todos dentro", "Dropped": "Cortadas",
    "Server": "Servidor", "Vanished": "Desapareció", "Not valid": "No vale", "Kept": "Cumplido", "Broken": "Roto",
    "The server ended every connection; the numbers reach until then.":
      "El servidor terminó todas las conexiones; los números llegan hasta entonces.",
    "Fan-out runs from the emit of an update to the moment a peer knows it or a newer one. The age of a state counts those that arrived themselves. An emit that had to wait counts from the moment it was due. Near are clients within ten tiles; an arrival runs from the first packet of a connection to the join's ack.":
      "La difusión va desde que se emite una actualización hasta que otro cliente la conoce, o una más nueva. La edad de un estado cuenta los que llegaron ellos mismos. Una emisión que tuvo que esperar cuenta desde que debía salir. Cerca son los clientes a menos de diez casillas; una llegada va desde el primer paquete de una conexión hasta la respuesta a su entrada.",
    [HINT]: "Señala una gráfica para leer un momento de todas.",
  };
  /** Sentences with numbers in them, each part for itself. */
  const PARTS = [
    [/\bplain clients against\b/, "clientes (plain) contra"], [/\bbatch clients against\b/, "clientes (batch) contra"],
    [/\bone update every ([\d.]+) s each\b/, "una actualización cada $1 s cada uno"], [/\bstanding still\b/, "quietos"],
    [/\bStopped early\./, "Se detuvo antes."],
    [/\bThe server vanished: every connection was lost\./, "El servidor desapareció: se perdieron todas las conexiones."],
    [/\ba ramp\b/, "en rampa"], [/\ball at once\b/, "todos a la vez"], [/\bwithout anybody\b/, "sin nadie"],
    [/\bon lines of\b/, "en líneas de"], [/\bin two clusters\b/, "en dos grupos"], [/\bin one square\b/, "en un cuadrado"],
    [/\bwalking like people\b/, "andando como la gente"], [/\bStarted\b/, "Empezó"], [/\bversion\b/, "versión"],
    [/ connected,/, " conectados,"], [/ joined, (\d+) left, (\d+) disconnected, (\d+) lost, (\d+) failed/,
      " entraron, $1 salieron, $2 desconectados, $3 perdidos, $4 fallaron"],
    [/ sent, /, " enviadas, "], [/ acks\b/, " respuestas"], [/ of ([\d ]+) due /, " de $1 debidas "],
    [/ coalesced;/, " reunidas;"], [/ last states,/, " últimos estados,"], [/ updates,/, " actualizaciones,"],
    [/ joined, (\d+) left$/, " entradas, $1 salidas"], [/ doubled,/, " dobles,"], [/ reordered,/, " desordenadas,"],
    [/ stray,/, " perdidas,"], [/ joined twice,/, " entradas dobles,"], [/ left twice$/, " salidas dobles"],
    [/ in, ([\d.]+ \w+) out/, " recibidos, $1 enviados"], [/ a step\b/, " por paso"], [/ a client\b/, " por cliente"],
    [/ after the outage$/, " tras el corte"], [/ after the start$/, " tras el comienzo"],
    [/ connections, by the run itself$/, " conexiones, por la propia prueba"], [/^process /, "proceso "],
    [/ of a core\b/, " de un núcleo"], [/ per delivery\b/, " por entrega"], [/ late sends$/, " envíos tarde"],
    [/, client /, ", cliente "], [/\bNo connection\b/, "Ninguna conexión"],
  ];
  let spanish = false;

  function words(text) {
    if (!spanish) return text;
    if (Object.hasOwn(SPANISH, text)) return SPANISH[text];
    return PARTS.reduce((said, [from, to]) => said.replace(from, to), text);
  }

  /** Every text as it was written, by its node. */
  const written = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("script, style, figcaption") || node.data.trim() === ""
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) written.set(walker.currentNode, walker.currentNode.data);

  const choice = document.createElement("button");
  choice.type = "button";
  choice.className = "language";
  document.querySelector("header").append(choice);

  function speak(isSpanish) {
    spanish = isSpanish;
    document.documentElement.lang = spanish ? "es" : "en";
    choice.textContent = spanish ? "English" : "Español";
    choice.lang = spanish ? "en" : "es";
    for (const [node, text] of written) {
      const [, before, said, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
      node.data = before + words(said.replace(/\s+/g, " ")) + after;
    }
    hide();
  }
  choice.addEventListener("click", () => speak(!spanish));
  speak((navigator.language ?? "").toLowerCase().startsWith("es"));
})();
