/** The map that everybody is on: there is one so far. */
import { HARBOUR } from "@comutiny/client/maps";
import { Terrain } from "../../player/map/terrain";

export const BUILT_IN = new Terrain(HARBOUR);
