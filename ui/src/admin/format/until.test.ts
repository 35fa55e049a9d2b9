import i18next from "i18next";
import { expect, test } from "vitest";
import { admin as english } from "../../languages/en/admin";
import { admin as spanish } from "../../languages/es/admin";
import { formatFor } from "./format";
import { untilWords, whenWords } from "./until";

/** Local times, so that the day is the same wherever this runs. */
const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute);

async function check(lng: "en" | "es", now: Date, until: Date, words: string, say = untilWords) {
  const translation = { en: english, es: spanish }[lng];
  const instance = i18next.createInstance();
  await instance.init({ lng, resources: { [lng]: { translation } }, interpolation: { escapeValue: false } });
  expect(say(instance.t, formatFor(lng), until.toISOString(), now.getTime())).toBe(words);
}

test("Spanish has an article before a time and before a day", async () => {
  const now = at(30, 0, 50);
  await check("es", now, at(30, 22, 47), "las 22:47");
  await check("es", now, at(30, 1, 37), "la 01:37");
  await check("es", now, at(32, 22, 47), "el miércoles, 22:47");
  await check("en", now, at(30, 22, 47), "22:47");
  await check("en", now, at(32, 22, 47), "Wednesday 22:47");
});

test("what happened then has its own preposition in Spanish", async () => {
  const now = at(30, 23, 50);
  await check("es", now, at(30, 22, 47), "a las 22:47", whenWords);
  await check("es", now, at(30, 1, 37), "a la 01:37", whenWords);
  await check("es", now, at(29, 20, 44), "el domingo, 20:44", whenWords);
  await check("en", now, at(29, 20, 44), "Sunday 20:44", whenWords);
});
