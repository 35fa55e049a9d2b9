import { expect, it } from "vitest";
import { withoutPin } from "./invitation";

it("takes the PIN out of a link and leaves the rest", () => {
  const check = (link: string, pin: string | null, address: string) =>
    expect(withoutPin(link)).toEqual({ pin, address });
  check("http://quay:4000/#pin=1234", "1234", "http://quay:4000/");
  check("http://quay:4000/?x=1#pin=a%20b%26", "a b&", "http://quay:4000/?x=1");
  check("http://quay:4000/#view=map&pin=1", "1", "http://quay:4000/#view=map");
  check("http://quay:4000/#pin=", null, "http://quay:4000/");
  check("http://quay:4000/#plan=1234", null, "http://quay:4000/#plan=1234");
  check("http://quay:4000/", null, "http://quay:4000/");
});
