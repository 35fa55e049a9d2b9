/** The part of `npm run lint` that Biome does not know: who may import whom, and that a name means one thing. */
import { fileURLToPath } from "node:url";
import { check } from "./import-order.js";
import { twins } from "./type-names.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const faults = [...check(root), ...twins(root)];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
