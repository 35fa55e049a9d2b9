// Generated from server-core/crates/contract. Do not edit: run
// `UPDATE_CONTRACT=1 cargo test -p contract` after changing a map there.

import type { Footprint, ThingKind, WorldMap } from "./contract.js";

/** Half of a person's width on the ground, in tiles. */
export const BODY_HALF_WIDTH = 0.24;

/** Highest difference between two tiles that a person steps over, in tiles. */
export const STEP_HEIGHT = 0.5;

/** Share of a tile over which a step is spread, on either side of the edge. */
export const STEP_BLEND = 0.22;

/** What of each kind of thing is in the way. */
export const FOOTPRINTS: Record<ThingKind, Array<Footprint>> = {
  "rose": [],
  "house": [{"x":0.0,"halfWidth":1.2,"back":0.9,"front":0.05}],
  "dome": [{"x":0.0,"halfWidth":1.15,"back":0.9,"front":0.05}],
  "gate": [{"x":-1.2,"halfWidth":0.32,"back":0.4,"front":0.1},{"x":1.2,"halfWidth":0.32,"back":0.4,"front":0.1}],
  "cypress": [{"x":0.0,"halfWidth":0.22,"back":0.2,"front":0.12}],
  "stall": [{"x":0.0,"halfWidth":1.0,"back":0.45,"front":0.1}],
  "tree": [{"x":0.0,"halfWidth":0.2,"back":0.18,"front":0.1}],
  "lamp": [{"x":0.0,"halfWidth":0.12,"back":0.12,"front":0.08}],
  "bench": [{"x":0.0,"halfWidth":0.5,"back":0.2,"front":0.05}],
  "flowers": [{"x":0.0,"halfWidth":0.6,"back":0.22,"front":0.08}],
  "lighthouse": [{"x":0.0,"halfWidth":0.75,"back":0.6,"front":0.15}],
  "sailboat": [],
  "rowboat": [],
  "bollard": [{"x":0.0,"halfWidth":0.14,"back":0.12,"front":0.1}],
};

export const HARBOUR: WorldMap = {
  "areas": [
    {"east":4.8,"label":{"x":3.2,"z":-2.6},"name":"plaza","north":-4.8,"round":true,"south":4.8,"west":-4.8},
    {"east":-4.0,"label":{"x":-8.6,"z":-1.9},"name":"market","north":-5.5,"round":false,"south":-1.2,"west":-13.0},
    {"east":10.5,"label":{"x":3.6,"z":-7.0},"name":"terrace","north":-12.0,"round":false,"south":-7.5,"west":-13.0},
    {"east":10.5,"label":{"x":3.0,"z":8.7},"name":"jetty","north":7.5,"round":false,"south":15.0,"west":-13.0},
    {"east":18.0,"label":{"x":14.6,"z":3.8},"name":"lighthouse","north":-12.0,"round":false,"south":15.0,"west":10.5},
    {"east":18.0,"name":"green","north":-12.0,"round":false,"south":15.0,"west":-13.0},
  ],
  "bounds": {"east":18,"north":-12,"south":15,"west":-13},
  "ground": {
    "legend": {".":{"ground":"water","height":-0.75},"1":{"ground":"stone","height":0.42},"2":{"ground":"stone","height":0.85},"G":{"ground":"grass","height":1.3},"P":{"ground":"stone","height":1.3},"b":{"ground":"deck","height":0.15},"d":{"ground":"deck","height":-0.12},"g":{"ground":"grass","height":0.0},"p":{"ground":"stone","height":0.0},"r":{"ground":"stone","height":0.35},"s":{"ground":"sand","height":0.0}},
    "rows": [
      "................................",
      "......GGGGGPPPPPGGGGG...........",
      "......GGGGPPPPPPPGGGG...........",
      "......GGGGGPPPPPGGGGG...........",
      ".....gGGGGGGPPPGGGGGGg..........",
      "....gggggggg222gggggggg.........",
      "...ggggggggg111ggggggggg........",
      "...gggggggggsssggggggggg........",
      "...ggggggggpppppgggggggg........",
      "...gggggggpppppppggggggg........",
      "...ggggggpppppppppgggggg...rrr..",
      "...gssssspppppppppssssss..rrrrr.",
      "...gssssspppppppppssssssbbrrrrr.",
      "...gssssspppppppppssssss..rrrrr.",
      "...ggggggpppppppppgggggg...rrr..",
      "...sssggggpppppppggggggg........",
      "...ssssggggpppppgggggggg........",
      "...sssssggggsssggggggggg........",
      "....ssssggggsssgggggggg.........",
      ".....ssgggggsssggggggg..........",
      "........ssssdddssss.............",
      "............ddd.................",
      "............ddd.................",
      "............ddd.................",
      ".........ddddddddd..............",
      "............ddd.................",
      "............ddd.................",
      "................................",
    ],
  },
  "id": "harbour",
  "mood": "day",
  "spawns": [
    {"radius":2.6,"x":0.0,"z":0.0},
  ],
  "things": [
    {"kind":"rose","size":1.0,"tint":"leaf","x":0.0,"z":0.0},
    {"kind":"house","size":1.0,"tint":"red","x":-4.3,"z":-8.9},
    {"kind":"dome","size":1.0,"tint":"blue","x":4.3,"z":-8.9},
    {"kind":"gate","size":1.0,"tint":"leaf","x":0.0,"z":-10.1},
    {"kind":"cypress","size":0.92,"tint":"leaf","x":-6.6,"z":-9.0},
    {"kind":"cypress","size":0.92,"tint":"leaf","x":6.7,"z":-9.1},
    {"kind":"cypress","size":1.0,"tint":"leaf","x":-2.2,"z":-10.6},
    {"kind":"cypress","size":1.0,"tint":"leaf","x":2.2,"z":-10.6},
    {"kind":"stall","size":1.0,"tint":"red","x":-8.5,"z":-3.4},
    {"kind":"stall","size":1.0,"tint":"blue","x":-5.8,"z":-3.4},
    {"kind":"tree","size":0.9,"tint":"leaf","x":-10.0,"z":-4.3},
    {"kind":"tree","size":0.9,"tint":"mint","x":-3.6,"z":-4.9},
    {"kind":"tree","size":1.0,"tint":"leaf","x":5.1,"z":-5.2},
    {"kind":"tree","size":0.85,"tint":"blossom","x":6.9,"z":-3.3},
    {"kind":"tree","size":0.85,"tint":"mint","x":9.1,"z":-3.1},
    {"kind":"tree","size":1.05,"tint":"leaf","x":8.1,"z":2.6},
    {"kind":"tree","size":0.95,"tint":"mint","x":5.7,"z":5.1},
    {"kind":"tree","size":0.85,"tint":"leaf","x":9.1,"z":4.7},
    {"kind":"tree","size":1.0,"tint":"blossom","x":-7.3,"z":3.4},
    {"kind":"tree","size":0.9,"tint":"leaf","x":-9.3,"z":2.3},
    {"kind":"tree","size":1.0,"tint":"leaf","x":-4.9,"z":5.9},
    {"kind":"tree","size":0.8,"tint":"mint","x":-8.5,"z":6.5},
    {"kind":"tree","size":0.85,"tint":"leaf","x":4.1,"z":6.7},
    {"kind":"tree","size":0.7,"tint":"leaf","x":16.4,"z":1.1},
    {"kind":"lamp","size":1.0,"tint":"leaf","x":-4.2,"z":-2.9},
    {"kind":"lamp","size":1.0,"tint":"leaf","x":4.2,"z":-2.9},
    {"kind":"lamp","size":1.0,"tint":"leaf","x":-4.2,"z":2.9},
    {"kind":"lamp","size":1.0,"tint":"leaf","x":4.2,"z":2.9},
    {"kind":"lamp","size":1.0,"tint":"leaf","x":-1.9,"z":6.6},
    {"kind":"lamp","size":1.0,"tint":"leaf","x":1.9,"z":6.6},
    {"kind":"lamp","size":1.0,"tint":"leaf","x":-1.85,"z":-5.1},
    {"kind":"lamp","size":1.0,"tint":"leaf","x":1.85,"z":-5.1},
    {"kind":"bench","size":1.0,"tint":"leaf","x":-6.1,"z":2.0},
    {"kind":"bench","size":1.0,"tint":"leaf","x":6.1,"z":2.0},
    {"kind":"flowers","size":1.0,"tint":"leaf","x":-3.3,"z":5.0},
    {"kind":"flowers","size":1.0,"tint":"leaf","x":3.3,"z":5.0},
    {"kind":"lighthouse","size":1.0,"tint":"leaf","x":14.9,"z":-0.3},
    {"kind":"sailboat","size":1.0,"tint":"red","x":-3.4,"z":10.4},
    {"kind":"rowboat","size":1.0,"tint":"blue","x":4.1,"z":10.0},
    {"kind":"sailboat","size":1.0,"tint":"red","x":9.9,"z":9.7},
    {"kind":"sailboat","size":1.0,"tint":"blue","x":-13.1,"z":8.9},
    {"kind":"rowboat","size":0.9,"tint":"red","x":-5.6,"z":12.6},
    {"kind":"bollard","size":1.0,"tint":"leaf","x":-1.42,"z":8.7},
    {"kind":"bollard","size":1.0,"tint":"leaf","x":1.42,"z":8.7},
    {"kind":"bollard","size":1.0,"tint":"leaf","x":-1.42,"z":10.9},
    {"kind":"bollard","size":1.0,"tint":"leaf","x":1.42,"z":10.9},
  ],
};
