import { describe, expect, it } from "vitest";
import { PictureStore } from "./picture";

describe("a store of pictures", () => {
  const store = (limit: number) => {
    const painted: number[] = [];
    const pictures = new PictureStore<number, string>(limit);
    const get = (key: number) =>
      pictures.get(key, () => {
        painted.push(key);
        return `picture ${key}`;
      });
    return { painted, get };
  };

  it("paints once what is asked for again and again", () => {
    const { painted, get } = store(4);
    for (let i = 0; i < 10; i++) expect(get(1)).toBe("picture 1");
    expect(painted).toEqual([1]);
  });

  it("forgets what was not asked for while others came", () => {
    const { painted, get } = store(8);
    get(0);
    for (let key = 1; key <= 20; key++) {
      get(key);
      get(1);
    }
    expect(painted.filter((key) => key === 1)).toEqual([1]);
    get(0);
    expect(painted.filter((key) => key === 0)).toEqual([0, 0]);
  });
});
