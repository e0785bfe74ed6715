import { relativeWidthOf } from "./grid/textWidth";
import classes from "./MiddleCut.module.css";

/** Shorter texts are given the room that they need. */
export const SHORT_TEXT = 18;
/** A code up to this long is given all the room that it needs; a longer one gives way in its middle. */
export const WHOLE_CODE = 32;
/** What always shows of the end. */
const TAIL = 6;

interface MiddleCutProps {
  text: string;
  /** How many letters of the end show always, where more than usual. */
  tail?: number;
}

/** Whether it reads like a code: where that is cut, its end shows. */
export function isOneWord(text: string): boolean {
  return !/\s/u.test(text);
}

/** A long text that gives way in its middle: SKUs, and names of variants, often differ at their end alone. */
export function MiddleCut({ text, tail: wanted = TAIL }: MiddleCutProps) {
  const letters = Array.from(text);
  if (letters.length <= SHORT_TEXT) return <span title={text}>{text}</span>;
  const tail = Math.max(wanted, TAIL);
  const at = letters.length - tail;
  const end = letters.slice(at).join("");
  const room = `${relativeWidthOf(end).toFixed(2)}em`;
  return (
    <span className={classes.cut} title={text} style={{ ["--end" as string]: room }}>
      <span className={classes.head}>{letters.slice(0, at).join("")}</span>
      {end}
    </span>
  );
}
