// Invented people, the same at every run.

const NAMES = [
  "Mateo", "Anouk", "Ines", "Kofi", "brk_99", "Lena K.", "Marisol", "Old Pete", "Ruben", "Siv", "tom_b", "Yuki",
  "Dara", "Captain", "Wren", "Jonas P.", "Amara", "Noor", "Felix", "Søren", "Zoë", "李雷", "مريم", "Ødegård",
];

/** Repeatable numbers in [0, 1). */
export function chances(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const nameOf = (index) =>
  index < NAMES.length ? NAMES[index] : `${NAMES[(index * 7) % NAMES.length]} ${Math.floor(index / NAMES.length) + 1}`;

const CORNERS = [
  { x: 0, z: 0, spread: 4.2, share: 0.5 },
  { x: -7, z: -2.4, spread: 2, share: 0.16 },
  { x: 0, z: 9.5, spread: 1, share: 0.14 },
  { x: 14.6, z: 0.6, spread: 1.4, share: 0.1 },
  { x: 0, z: -8.4, spread: 1.6, share: 0.1 },
];

export function position(chance) {
  let pick = chance();
  const corner = CORNERS.find((each) => (pick -= each.share) < 0) ?? CORNERS[0];
  const angle = chance() * Math.PI * 2;
  const away = Math.sqrt(chance()) * corner.spread;
  return { x: corner.x + Math.cos(angle) * away, y: 0, z: corner.z + Math.sin(angle) * away };
}

/** A session as the live feed tells it. `now` in ms. */
export function session(index, now) {
  const chance = chances(index + 1);
  const account = chance() < 0.72;
  const minutes = Math.floor(chance() ** 2 * 110);
  const at = new Date(now - minutes * 60_000 - Math.floor(chance() * 60_000)).toISOString();
  return {
    id: `n1-${index}`,
    node: "n1",
    kind: account ? "account" : "guest",
    subject: account ? `00000000-0000-4000-8000-${String(index).padStart(12, "0")}` : `${index}`.padStart(32, "a"),
    joined: true,
    playerId: account ? `00000000-0000-4000-8000-${String(index).padStart(12, "0")}` : `guest-${(index * 7919).toString(16)}`,
    name: nameOf(index),
    role: account ? (index % 31 === 0 ? "moderator" : "user") : null,
    address: `192.168.${1 + (index >> 8)}.${20 + (index % 230)}`,
    transport: index % 11 === 0 ? "polling" : "websocket",
    batch: index % 3 !== 0,
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    connectedAt: at,
    joinedAt: at,
    lastActiveAt: new Date(now - Math.floor(chance() * 40_000)).toISOString(),
    position: position(chance),
    mapId: null,
    avatarId: null,
    sprite: null,
    appearance: index % 4 === 1 ? { hair: "beanie-red", face: "beard-sand", outfit: "stripes-blue-cream" } : null,
    pingMs: index % 9 === 8 ? null : 2 + chance() * 40,
    muted: index === 10 ? { id: "m1", until: new Date(now + 480_000).toISOString(), reason: "Shouting" } : null,
    warnings: index === 4 || index === 10 ? 1 : 0,
    openReports: index === 4 ? 2 : index === 13 ? 1 : 0,
  };
}

export const SAID = [
  "good evening everyone", "whose boat is the red one", "the lighthouse is lit again", "meet at the market?",
  "this place is tiny", "go back to the jetty lol", "nobody asked you", "does anyone have the map",
  "Yes! By the stairs, next to the tree.", "hola a todos", "I like your hat", "brb, tea",
];
