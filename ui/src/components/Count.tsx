import { formatInteger } from "../lib/format";

/** A number of things, with "+" when there are at least so many; a dash while it is not known. */
export function Count({ value, exact = true }: { value: number | undefined; exact?: boolean }) {
  return (
    <span className="tabular">
      {value === undefined ? "–" : `${formatInteger(value)}${exact ? "" : "+"}`}
    </span>
  );
}
