/** How wide texts are in the type of the grid, without asking the page. */

/** The size of that type, in pixels. */
const TYPE = 13;

/** No letter of a class is wider, in the window's type at that size, be it regular or medium. */
const CLASSES: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijlI|.,:;'! ]/u, 4.2],
  // Among them what keeps room for a gap or an icon: a slash.
  [/[frt()[\]/"]/u, 6],
  [/[mwMW@%]/u, 13.4],
  // Letters of East Asia, and pictures.
  [/[\u1100-\u{10ffff}]/u, 14],
  [/[a-z]/u, 8],
  [/\p{Lu}/u, 10],
];
/** Nor is a digit, a hyphen, or a letter of no class. */
const OTHER = 8.2;

/** The room that a text needs at most. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    width += CLASSES.find(([letters]) => letters.test(letter))?.[1] ?? OTHER;
  }
  return width;
}

/** The same, by the size of the type. */
export function relativeWidthOf(text: string): number {
  return widthOf(text) / TYPE;
}
