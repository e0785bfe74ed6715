import { Modal } from "@mantine/core";

import { useAppState } from "../../host/state";
import { MOD_LABEL } from "../../lib/shortcuts";
import classes from "./Help.module.css";

const SHEET: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [[MOD_LABEL, "K"], "Search or jump to anything"],
      [["?"], "Help"],
      [["Alt", "←", "→"], "Page back, page forward"],
      [[MOD_LABEL, "+", "−", "0"], "Larger, smaller, usual size"],
      [["N"], "New: what is listed, elsewhere a product"],
      [[MOD_LABEL, "Z"], "Undo your last batch"],
      [[MOD_LABEL, "L"], "Lock the window"],
      [["Esc"], "Close one level"],
    ],
  },
  {
    title: "Lists",
    keys: [
      [["/"], "Search"],
      [["↑", "↓", "J", "K"], "Walk the rows"],
      [["PgUp", "PgDn"], "A screen up or down"],
      [["Home", "End"], "First, last cell of the row"],
      [[MOD_LABEL, "Home"], "First row"],
      [[MOD_LABEL, "End"], "Last row"],
      [[MOD_LABEL, "↑", "↓"], "First, last row in this column"],
      [["Enter"], "Open"],
      [["Space"], "Select the row"],
      [["Shift", "↓"], "Select cells, as dragging does"],
      [[MOD_LABEL, "A"], "Select all"],
      [[MOD_LABEL, "C"], "Copy for a spreadsheet"],
      [["Alt", "←", "→"], "On a column's name: its width; with Shift, its place"],
    ],
  },
  {
    title: "Import and undo",
    keys: [
      [[MOD_LABEL, "Enter"], "On to the review, then apply"],
      [["Enter"], "The whole record"],
    ],
  },
  {
    title: "Table of variants",
    keys: [
      [["Enter", "F2"], "Open the cell, or just type"],
      [["Tab", "Enter", "↑", "↓"], "Take it and go on"],
      [["Esc"], "Leave the cell as it was; drop a refused value"],
      [["Delete"], "Empty the selected cells"],
      [[MOD_LABEL, "V"], "Paste a block from a spreadsheet"],
      [["Alt", "↑", "↓"], "Move the row"],
      [[MOD_LABEL, "Enter"], "Open the variant"],
    ],
  },
  {
    title: "Record",
    keys: [
      [["J", "K"], "Next, previous record"],
      [["E"], "Edit"],
      [[MOD_LABEL, "S"], "Save"],
    ],
  },
];

interface HelpProps {
  opened: boolean;
  onClose: () => void;
}

/** What the app is built on, and every shortcut. */
export function Help({ opened, onClose }: HelpProps) {
  const { version } = useAppState();
  return (
    <Modal opened={opened} onClose={onClose} title="Help" size="lg">
      <p className={classes.lead}>
        Every bulk change is a plan: read it, apply it, undo it. Drop a CSV file anywhere on the
        window to begin one; nothing changes before you apply it. Backstock {version}.
      </p>
      <div className={classes.sheet} data-testid="shortcuts">
        {SHEET.map((group) => (
          <section key={group.title}>
            <h2 className={classes.title}>{group.title}</h2>
            <dl className={classes.keys}>
              {group.keys.map(([keys, meaning]) => (
                <div key={meaning}>
                  <dt>{meaning}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
