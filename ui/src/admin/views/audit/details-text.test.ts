import { expect, test } from "vitest";
import { detailsText } from "./details-text";

test("details of an action are one line of data", () => {
  expect(detailsText({ reason: "<script>", minutes: 10, before: { role: "user" }, empty: null })).toBe(
    "<script>, minutes: 10, before: role user",
  );
});
