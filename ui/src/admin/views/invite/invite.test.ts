import { describe, expect, test } from "vitest";
import { hostAndPort, linkParts, linkWithPin, qrPath } from "./qr";
import { isLoopback } from "./use-invite";

describe("the link", () => {
  test("carries the pin after the hash", () => {
    expect(linkWithPin("http://10.0.0.8:4000/", "44 17")).toBe("http://10.0.0.8:4000/#pin=44%2017");
    expect(linkWithPin("http://10.0.0.8:4000/", null)).toBe("http://10.0.0.8:4000/");
  });
  test("is written in two tones", () => {
    expect(linkParts("http://10.0.0.8:4000/")).toEqual({ scheme: "http://", rest: "10.0.0.8:4000" });
  });
  test("breaks only before its port", () => {
    expect(hostAndPort("10.0.0.8:4000")).toEqual({ host: "10.0.0.8", port: ":4000" });
    expect(hostAndPort("[2001:db8::1]:4000")).toEqual({ host: "[2001:db8::1]", port: ":4000" });
    expect(hostAndPort("[2001:db8::1]")).toEqual({ host: "[2001:db8::1]", port: "" });
    expect(hostAndPort("play.example.org")).toEqual({ host: "play.example.org", port: "" });
  });
  test("becomes a code with its three corners", () => {
    const { size, path } = qrPath("http://192.168.1.24:4000/");
    expect((size - 17) % 4).toBe(0);
    expect(path.startsWith("M0 0h7v1h-7z")).toBe(true);
  });
  test("this computer is not a visitor", () => {
    expect(["127.0.0.1", "::1", "::ffff:127.0.0.1", "192.168.1.2"].map(isLoopback)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
