import { describe, expect, test } from "vitest";
import { hindranceOf } from "./rights";
import { accessAfter } from "./session";

describe("rights", () => {
  test("a viewer reads who may", () => {
    expect(hindranceOf("kick", [], "live")).toBe("needsModerator");
    expect(hindranceOf("settings", ["kick"], "live")).toBe("needsHost");
  });
  test("without a connection nobody acts", () => expect(hindranceOf("kick", ["kick"], "lost")).toBe("lost"));
  test("answers to who am I", () => {
    expect(accessAfter({ status: 401, message: "" }, true)).toEqual({ kind: "signed-out", expired: true });
    expect(accessAfter({ status: 403, message: "No." }, false)).toEqual({ kind: "refused", message: "No." });
    expect(accessAfter({ status: 0, message: "Gone." }, false)).toEqual({
      kind: "unreachable",
      message: "Gone.",
    });
  });
});
