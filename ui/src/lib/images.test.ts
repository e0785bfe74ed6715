import { expect, test } from "vitest";

import { imageWords } from "./images";

const STORED = `image:${"ab".repeat(32)}`;

test("a picture of the workspace is called by what it shows, and one of the web by its address", () => {
  expect(imageWords(`${STORED} A white mug`)).toBe("A white mug");
  expect(imageWords(STORED)).toBe("Stored picture");
  expect(imageWords("https://a.test/1.png Front")).toBe("https://a.test/1.png Front");
});
