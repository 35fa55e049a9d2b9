import { expect, it } from "vitest";
import { fetchWords, Speech } from "./speech";

it("speaks on in its language until the words of another have come", async () => {
  const speech = new Speech("en");
  const heard: string[] = [];
  speech.render((text) => heard.push(text.greeting));
  speech.choose("es");
  expect([speech.code, heard.length]).toEqual(["en", 1]);
  await fetchWords("es");
  await Promise.resolve();
  expect([speech.code, heard.length]).toEqual(["es", 2]);
});
