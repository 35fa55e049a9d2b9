import { describe, expect, it } from "vitest";
import type { ServerSetting } from "../../../platform";
import { changesOf, shownOf } from "./use-drafts";

const port: ServerSetting = {
  key: "server_port",
  group: "Listening",
  help: "Port to listen on.",
  accepts: "a number",
  value: "4000",
  default: "4000",
  lockedBy: null,
  secret: false,
  switch: false,
  changed: false,
};
const secret: ServerSetting = {
  ...port,
  key: "redis_password",
  value: "[redacted]",
  default: "",
  secret: true,
};

describe("drafts of the server's settings", () => {
  it("show what is in force until something was typed", () => {
    expect(shownOf(port, undefined)).toBe("4000");
    expect(shownOf(port, "41")).toBe("41");
    expect(shownOf({ ...port, value: "4100" }, null)).toBe("4000");
  });

  it("never show a secret", () => {
    expect(shownOf(secret, undefined)).toBe("");
  });

  it("write only what differs", () => {
    expect(changesOf([port, secret], {})).toEqual({});
    expect(changesOf([port], { server_port: "4000" })).toEqual({});
    expect(changesOf([port], { server_port: "4100" })).toEqual({ server_port: "4100" });
    expect(changesOf([secret], { redis_password: "" })).toEqual({});
    expect(changesOf([secret], { redis_password: "hush" })).toEqual({ redis_password: "hush" });
  });

  it("take out of the file what goes back to its default", () => {
    expect(changesOf([port], { server_port: null })).toEqual({});
    expect(changesOf([{ ...port, changed: true }], { server_port: null })).toEqual({ server_port: null });
  });
});
