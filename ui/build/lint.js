/** The part of `npm run lint` that Biome does not know: who may import whom. */
import { fileURLToPath } from "node:url";
import { check } from "./import-order.js";

const faults = check(fileURLToPath(new URL("..", import.meta.url)));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
