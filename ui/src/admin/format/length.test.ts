import i18next from "i18next";
import { expect, test } from "vitest";
import { admin as english } from "../../languages/en/admin";
import { admin as spanish } from "../../languages/es/admin";
import { lengthWords } from "./length";

async function check(lng: "en" | "es", minutes: number | null, words: string) {
  const translation = { en: english, es: spanish }[lng];
  const instance = i18next.createInstance();
  await instance.init({ lng, resources: { [lng]: { translation } }, interpolation: { escapeValue: false } });
  expect(lengthWords(instance.t, minutes)).toBe(words);
}

test("a length has one unit where that is whole", async () => {
  await check("en", 10, "10 minutes");
  await check("en", 60, "1 hour");
  await check("en", 3 * 1440, "3 days");
  await check("en", 7 * 1440, "1 week");
  await check("en", null, "For good");
});

test("a length has its two largest units otherwise", async () => {
  await check("en", 90, "1 hour 30 minutes");
  await check("en", 217 * 60, "9 days 1 hour");
  await check("es", 217 * 60, "9 días y 1 hora");
  await check("en", 1441, "1 day");
  await check("en", 2879, "2 days");
});
