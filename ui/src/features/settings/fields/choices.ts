/** The choices of a field as its form edits them: in the core they are text, one on each line. */

/** A choice in the editor. */
export interface ChoiceRow {
  /** What values hold; null until the core has made one of the label. */
  key: string | null;
  label: string;
}

const KEYED = /^\s*([\p{Ll}\p{Lo}\p{N}_]+)\s*=\s*(.*)$/u;

/** The choices of a text: `summer = High summer`, or a label alone. */
export function readChoices(text: string): ChoiceRow[] {
  return text.split("\n").flatMap((line): ChoiceRow[] => {
    if (line.trim() === "") return [];
    const [, key, label] = KEYED.exec(line) ?? [];
    return key === undefined || label === undefined || label.trim() === ""
      ? [{ key: null, label: line.trim() }]
      : [{ key, label: label.trim() }];
  });
}

/** The choices as text. A choice keeps its key however it is renamed. */
export function writeChoices(rows: readonly ChoiceRow[]): string {
  return rows
    .filter(({ label }) => label.trim() !== "")
    .map(({ key, label }) => (key === null ? label.trim() : `${key} = ${label.trim()}`))
    .join("\n");
}

/** The rows with one of them a step further up or down. */
export function moved<T>(rows: readonly T[], from: number, step: number): T[] {
  const to = from + step;
  const row = rows[from];
  if (row === undefined || to < 0 || to >= rows.length) return [...rows];
  const others = rows.toSpliced(from, 1);
  return others.toSpliced(to, 0, row);
}
