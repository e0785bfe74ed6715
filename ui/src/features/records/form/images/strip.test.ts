import { expect, inject, test } from "vitest";

import { arePictures, imageParts, imageText } from "../../../../lib/images";
import { formOf } from "../state";
import { added, imagesIn, inputsOf, moved } from "./strip";

const FIELDS = inject("fields");
const INFOS = ["main_image", "alt_images"].flatMap(
  (key) => FIELDS.find((field) => field.key === key) ?? [],
);

test("an image is an address and what it shows", () => {
  expect(imageParts("https://a.test/1 A red mug")).toEqual({
    address: "https://a.test/1",
    shows: "A red mug",
  });
  expect(imageText({ address: "https://a.test/1", shows: "" })).toBe("https://a.test/1");
});

test("the first image is the main one, whatever moves there", () => {
  const state = formOf({ main_image: "a Front", alt_images: ["b", "c"] }, 1);
  expect(imagesIn(state, INFOS)).toEqual(["a Front", "b", "c"]);
  const inputs = inputsOf(moved(["a Front", "b", "c"], 2, 0), INFOS);
  expect(inputs.map(({ input }) => input)).toEqual(["c", "a Front\nb"]);
  expect(moved(["a", "b"], 0, 2)).toEqual(["a", "b"]);
  expect(inputsOf([], INFOS).map(({ input }) => input)).toEqual(["", ""]);
});

test("an address stands once", () => {
  expect(added(["a Front"], ["b", "a", "b Back"])).toEqual(["a Front", "b"]);
});

test("pictures are told from other files by their names", () => {
  expect(arePictures(["mug.PNG", "cup.jpeg"])).toBe(true);
  expect(arePictures(["mug.png", "june.csv"])).toBe(false);
  expect(arePictures([])).toBe(false);
});
