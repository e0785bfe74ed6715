import { Modal } from "@mantine/core";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router";

import { useLock } from "../../features/session/useIdleLock";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { MOD_LABEL, useShortcuts } from "../../lib/shortcuts";
import { spotlight } from "./CommandPalette";
import classes from "./GlobalShortcuts.module.css";
import { useUndoLast } from "./undoLast";

const SHEET: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [[MOD_LABEL, "K"], "Search or jump to anything"],
      [["?"], "Show this list"],
      [["N"], "New product"],
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
      [[MOD_LABEL, "Home"], "First row"],
      [[MOD_LABEL, "End"], "Last row"],
      [["Enter"], "Open"],
      [["Space"], "Select the row"],
      [["Shift", "↓"], "Select cells"],
      [[MOD_LABEL, "A"], "Select all"],
      [[MOD_LABEL, "C"], "Copy for a spreadsheet"],
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
    title: "Product",
    keys: [
      [["J", "K"], "Next, previous product"],
      [["E"], "Edit"],
      [[MOD_LABEL, "S"], "Save"],
    ],
  },
];

/** The shortcuts that work on every page, and the sheet that lists all of them. */
export function GlobalShortcuts() {
  const [sheet, setSheet] = useState(false);
  const navigate = useNavigate();
  const mayEdit = useMay("edit_products");
  const undoLast = useUndoLast();
  const listSearch = useListSearch();
  const lock = useLock();
  useShortcuts({
    "?": () => setSheet(true),
    "mod+k": () => spotlight.open(),
    "mod+z": () => void undoLast(),
    "mod+l": lock,
    n: () => {
      if (mayEdit) void navigate({ pathname: paths.newProduct, search: listSearch });
    },
  });
  return (
    <Modal opened={sheet} onClose={() => setSheet(false)} title="Keyboard shortcuts" size="lg">
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

/** How the list of products is narrowed, when it is shown: a form beside it leaves it as it is. */
function useListSearch(): string {
  const { pathname, search } = useLocation();
  if (!pathname.startsWith(paths.products)) return "";
  const params = new URLSearchParams(search);
  params.delete("parent");
  return params.toString();
}
