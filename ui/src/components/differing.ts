/** How two texts that begin alike are cut, so that what differs is seen where there is little room. */

/** A shorter text is seen whole in most columns. */
const SHORT = 18;
/** Less that is alike is not worth a gap. */
const LEAST_GAP = 6;
const LONGEST_HEAD = 10;
const LONGEST_END = 12;

/** Both texts, each with its first word, a gap for what is alike, and all from the first difference on. */
export function cutAlike(old: string, next: string): [string, string] {
  if (old.length <= SHORT && next.length <= SHORT) return [old, next];
  const head = headOf(old);
  // The word in which they differ is shown from its beginning.
  const from = old.lastIndexOf(" ", alikeLength(old, next) - 1) + 1;
  if (from - head.length < LEAST_GAP) return [old, next];
  return [`${head}… ${old.slice(from)}`, `${head}… ${next.slice(from)}`];
}

/** How much of the end of two words must show, that they can be told apart. */
export function differingEnd(old: string, next: string): number {
  const alike = alikeLength(old, next);
  return Math.min(Math.max(old.length, next.length) - alike, LONGEST_END);
}

function alikeLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function headOf(text: string): string {
  const end = text.search(/\s/);
  return text.slice(0, end < 0 ? 0 : Math.min(end, LONGEST_HEAD));
}
