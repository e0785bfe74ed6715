import { expect, test } from "vitest";

import { cutAlike, differingEnd } from "./differing";

test.each([
  ["short texts stay", "Mug, blue", "Mug, red", ["Mug, blue", "Mug, red"]],
  [
    "what differs at once stays",
    "Grey mug with a handle",
    "Blue mug with a handle",
    ["Grey mug with a handle", "Blue mug with a handle"],
  ],
  [
    "what is alike gives way to the word that differs",
    "Mug with a handle, grey, 300 ml",
    "Mug with a handle, grey, 350 ml",
    ["Mug… 300 ml", "Mug… 350 ml"],
  ],
  [
    "a text that only grew shows its last word and the new ones",
    "Teapot of stoneware, glazed",
    "Teapot of stoneware, glazed blue",
    ["Teapot… glazed", "Teapot… glazed blue"],
  ],
  [
    "a text that only shrank as well",
    "Teapot of stoneware, glazed blue",
    "Teapot of stoneware, glazed",
    ["Teapot… glazed blue", "Teapot… glazed"],
  ],
  [
    "a long first word is cut",
    "Feuerzangenbowlenset Weihnachten groß",
    "Feuerzangenbowlenset Weihnachten klein",
    ["Feuerzange… groß", "Feuerzange… klein"],
  ],
  [
    "one long word has no place to cut",
    "https://example.com/pictures/1.jpg",
    "https://example.com/pictures/2.jpg",
    ["https://example.com/pictures/1.jpg", "https://example.com/pictures/2.jpg"],
  ],
])("%s", (_, old, next, cut) => {
  expect(cutAlike(old, next)).toEqual(cut);
});

test("of two words that differ before their end, all from there on shows, within limits", () => {
  expect(differingEnd("KILN-KIT-1001-ORGANIC", "KILN-KIT-1001-ORGANIK")).toBe(1);
  expect(differingEnd("KILN-KIT-1001-A-2026", "KILN-KIT-1001-B-2026")).toBe(6);
  expect(differingEnd("https://one.example/1.jpg", "ftp://other.example/2.jpg")).toBe(12);
});
