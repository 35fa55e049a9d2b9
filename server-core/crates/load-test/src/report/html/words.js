// The page in Spanish. What stands there as it is written here is looked up; sentences with numbers in them are put
// together from parts; what comes with a code is told by it.

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
  "Lost": "Perdido", "Wrong": "Mal", "Bytes": "Bytes", "All in": "Todos dentro", "All known": "Todo sabido", "Dropped": "Cortadas",
  "Server": "Servidor", "Vanished": "Desapareció", "Not valid": "No vale", "Kept": "Cumplido", "Broken": "Roto",
  "connect": "No pudo conectarse", "disconnected": "Conexión perdida", "protocol": "Rompió el protocolo",
  "no-answer": "Sin respuesta",
  "The server ended every connection; the numbers reach until then.":
    "El servidor terminó todas las conexiones; los números llegan hasta entonces.",
  "Fan-out runs from the emit of an update to the moment a peer knows it or a newer one. The age of a state counts those that arrived themselves. An emit that had to wait counts from the moment it was due. Near are clients within ten tiles; an arrival runs from the first packet of a connection to the join's ack.":
    "La difusión va desde que se emite una actualización hasta que otro cliente la conoce, o una más nueva. La edad de un estado cuenta los que llegaron ellos mismos. Una emisión que tuvo que esperar cuenta desde que debía salir. Cerca son los clientes a menos de diez casillas; una llegada va desde el primer paquete de una conexión hasta la respuesta a su entrada.",
  [HINT]: "Señala una gráfica para leer un momento de todas.",
};

/** Sentences with numbers in them, each part for itself. */
const PARTS = [
  [/^Load test, (\d+) (\w+) clients$/, "Prueba de carga, $1 clientes ($2)"],
  [/\b(plain|batch1?) clients against$/, "clientes ($1) contra"],
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
  [/ stray,/, " sueltas,"], [/ joined twice,/, " entradas dobles,"], [/ left twice$/, " salidas dobles"],
  [/ in, ([\d.]+ \w+) out/, " recibidos, $1 enviados"], [/ a step\b/, " por paso"], [/ a client\b/, " por cliente"],
  [/ after the outage$/, " tras el corte"], [/ after the start$/, " tras el comienzo"],
  [/ after the last update$/, " tras la última actualización"],
  [/\/s one with single updates$/, "/s uno con actualizaciones sueltas"],
  [/\b(\d+)% of the clients get single updates\./, "El $1% de los clientes recibe actualizaciones sueltas."],
  [/\bMeasured from when all were in and the server had come to rest\./,
    "Medido desde que todos estaban dentro y el servidor había descansado."],
  [/\bWhat (\d+)% of the clients received was read, of the others frames and bytes were counted: deliveries, latencies and losses are those of the former\./,
    "Se leyó lo que recibió el $1% de los clientes, de los demás se contaron tramas y bytes: entregas, latencias y pérdidas son de los primeros."],
  [/ connections, by the run itself$/, " conexiones, por la propia prueba"], [/^process /, "proceso "],
  [/ of a core\b/, " de un núcleo"], [/ per delivery\b/, " por entrega"], [/ late sends$/, " envíos tarde"],
  [/, client /, ", cliente "], [/^refused: /, "Rechazado: "], [/^terminated: /, "Terminado por el servidor: "],
  [/\bonly (\d+) of (\d+) clients were in;/, "solo entraron $1 de $2 clientes;"],
  [/\bnothing was measured\b/, "no se midió nada"], [/ errors, at most /, " errores, como mucho "],
  [/, at most /, ", como mucho "], [/ at most$/, " como mucho"],
];

/** Why a run is not valid, by its code. */
const DOUBTS = {
  "generator-busy": ({ percent }) =>
    `la prueba usó el ${Math.round(percent)}\u00a0% de su núcleo; usa menos clientes u otro ordenador`,
  "sent-late": ({ late, sent }) =>
    `${late} de ${sent} actualizaciones salieron más de 10 ms tarde; este ordenador está demasiado ocupado`,
};
