// The weeks before the scripted evening: how the world was, and the visits that ended on that day.

import { chances, nameOf } from "./people.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Length of a range and of its stretches, ms. */
const RANGES = { hour: [HOUR, 10_000], day: [DAY, 5 * MINUTE], week: [7 * DAY, HOUR] };

/** The server of this world was closed for an hour in the afternoon before. */
const isClosed = (at, now) => now - at > 9 * HOUR && now - at < 10 * HOUR;

/** How many people there are at a moment of the day: few in the morning, most of them in the evening. */
function peopleAt(at, most) {
  const date = new Date(at);
  const hour = date.getHours() + date.getMinutes() / 60;
  const evening = Math.exp(-(((hour - 20) / 5) ** 2));
  return most * (0.12 + 0.88 * evening);
}

/** `GET /admin/history`; without players the world has only begun. */
export function historyOf(range, players, now = Date.now()) {
  const [length, step] = RANGES[range] ?? RANGES.day;
  const until = Math.floor(now / step) * step;
  const from = until - length;
  const chance = chances(11);
  const points = Array.from({ length: length / step }, (_, place) => from + place * step)
    .filter((at) => players > 0 && !isClosed(at, now))
    .map((at) => {
      const people = peopleAt(at, players) * (0.92 + 0.16 * chance());
      const deliveries = people * people * 1.7;
      return {
        at: new Date(at).toISOString(),
        people: Math.round(people * 10) / 10,
        mostPeople: Math.ceil(people * 1.06),
        mostBots: 0,
        messages: Math.round((people * step * chance()) / (4 * MINUTE)),
        deliveries: Math.round(deliveries),
        mostDeliveries: Math.round(deliveries * (1.1 + 0.5 * chance())),
        flushP50Ms: 1.6 + chance(),
        flushP95Ms: 5 + 4 * chance(),
        flushP99Ms: 8 + 9 * chance() ** 3,
      };
    });
  const highest = points.reduce((most, point) => (point.mostPeople > (most?.mostPeople ?? 0) ? point : most), null);
  const many = Math.round((players * length) / HOUR / 4);
  return {
    range,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    stepSeconds: step / 1000,
    points,
    peak: highest && { at: highest.at, people: highest.mostPeople },
    newcomers: Math.round(many / 6),
    visits: players + many,
    here: players,
    spentMs: (players + many) * 23 * MINUTE,
    endings: players === 0 ? [] : [
      { how: "left", count: Math.ceil(many * 0.8) },
      { how: "lost", count: Math.ceil(many * 0.14) },
      { how: "closed", count: Math.ceil(many * 0.04) },
      { how: "kicked", count: 2 },
      { how: "banned", count: 1 },
    ],
  };
}

const WAYS = ["left", "lost", "left", "kicked", "left", "elsewhere", "left", "slow", "idle", "left", "banned", "closed"];

/** The visits of today that are over, newest first. */
export function endedVisits(players, now = Date.now()) {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  return Array.from({ length: Math.min(players, 30) }, (_, place) => {
    const endedAt = Math.max(midnight + MINUTE, now - (place + 1) * 11 * MINUTE);
    return {
      id: `e${place}`,
      person: { kind: "guest", subject: `past${place}` },
      playerId: `guest-${place * 131}`,
      name: nameOf(place + 40),
      beganAt: new Date(endedAt - (2 + ((place * 17) % 70)) * MINUTE).toISOString(),
      endedAt: new Date(endedAt).toISOString(),
      how: WAYS[place % WAYS.length],
    };
  });
}
