/** How wide texts are in the type of the grid, without asking the page. */

/** No digit of the window's type is wider; marks between them are narrower. */
const DIGIT_WIDTH = 8.2;
/** Nor is any capital, but for the widest. */
const CAPITAL_WIDTH = 10;
const WIDEST = 13;

/** The room that a text needs at most. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    const isCapital = letter !== letter.toLowerCase();
    width += "MW@%".includes(letter) ? WIDEST : isCapital ? CAPITAL_WIDTH : DIGIT_WIDTH;
  }
  return width;
}
