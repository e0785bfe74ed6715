import { useLocation, useNavigate } from "react-router";

import type { Permission } from "../../bindings";
import { useLock } from "../../features/session/useIdleLock";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { useShortcuts } from "../../lib/shortcuts";
import { spotlight } from "./CommandPalette";
import { useUndoLast } from "./undoLast";

/** The shortcuts that work on every page. */
export function GlobalShortcuts({ onHelp }: { onHelp: () => void }): null {
  const addNew = useNewHere();
  const undoLast = useUndoLast();
  const lock = useLock();
  useShortcuts({
    "?": onHelp,
    "mod+k": () => spotlight.open(),
    "mod+z": () => void undoLast(),
    "mod+l": lock,
    n: addNew,
  });
  return null;
}

/** Lists in which N makes what they list; anywhere else it makes a product. */
const LISTS: { list: string; form: string; needs: Permission }[] = [
  { list: paths.suppliers, form: paths.newSupplier, needs: "edit_suppliers" },
  { list: paths.supplierProducts, form: paths.newSupplierProduct, needs: "edit_suppliers" },
  { list: paths.customFields, form: paths.newCustomField, needs: "manage_workspace" },
  { list: paths.roles, form: paths.newRole, needs: "manage_users" },
  { list: paths.people, form: paths.newPerson, needs: "manage_users" },
];
const PRODUCTS = { list: paths.products, form: paths.newProduct, needs: "edit_products" } as const;

/** Opens the form for a new record of the list that is shown, which stays as it is beside it. */
function useNewHere(): () => void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const { list, form, needs } = LISTS.find((each) => pathname.startsWith(each.list)) ?? PRODUCTS;
  const mayMake = useMay(needs);
  return () => {
    if (!mayMake) return;
    const narrowed = new URLSearchParams(pathname.startsWith(list) ? search : "");
    narrowed.delete("parent");
    void navigate({ pathname: form, search: narrowed.toString() });
  };
}
