import { useLocation, useNavigate } from "react-router";

import { useLock } from "../../features/session/useIdleLock";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { useShortcuts } from "../../lib/shortcuts";
import { spotlight } from "./CommandPalette";
import { useUndoLast } from "./undoLast";

/** The shortcuts that work on every page. */
export function GlobalShortcuts({ onHelp }: { onHelp: () => void }): null {
  const navigate = useNavigate();
  const mayEdit = useMay("edit_products");
  const undoLast = useUndoLast();
  const listSearch = useListSearch();
  const lock = useLock();
  useShortcuts({
    "?": onHelp,
    "mod+k": () => spotlight.open(),
    "mod+z": () => void undoLast(),
    "mod+l": lock,
    n: () => {
      if (mayEdit) void navigate({ pathname: paths.newProduct, search: listSearch });
    },
  });
  return null;
}

/** How the list of products is narrowed, when it is shown: a form beside it leaves it as it is. */
function useListSearch(): string {
  const { pathname, search } = useLocation();
  if (!pathname.startsWith(paths.products)) return "";
  const params = new URLSearchParams(search);
  params.delete("parent");
  return params.toString();
}
