import { expect, test } from "vitest";

import { placed } from "./optionPictures";

const VALUES = ["Red", "Dark green", "Green"];
const NOTHING = { values: VALUES, first: 0, chosen: new Map<string, string>() };

test("a file that is called like a value goes to it, the longest name first", () => {
  const pictures = ["tee_green.jpg", "Tee Dark-Green.png", "front.jpg"].map((name) => ({
    name,
    address: name,
  }));
  expect(Object.fromEntries(placed(pictures, NOTHING))).toEqual({
    green: "tee_green.jpg",
    "dark green": "Tee Dark-Green.png",
    red: "front.jpg",
  });
});

test("a word is a whole one, and others go on from the value that is chosen", () => {
  const pictures = ["bored.jpg", "b.jpg", "c.jpg", "d.jpg"].map((name) => ({
    name,
    address: name,
  }));
  expect(Object.fromEntries(placed(pictures, { ...NOTHING, first: 1 }))).toEqual({
    "dark green": "bored.jpg",
    green: "b.jpg",
    red: "c.jpg",
  });
});
