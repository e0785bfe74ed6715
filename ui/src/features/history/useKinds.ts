import { useCallback } from "react";

import { useFields } from "../../host/state";
import type { KindOf } from "./columns";

/** How the values of a field are written: those of products by their declaration, all others as text. */
export function useKinds(): KindOf {
  const { list } = useFields();
  return useCallback(
    ({ entity }, field) =>
      (entity === "product" ? list.find(({ key }) => key === field)?.kind : undefined) ?? "text",
    [list],
  );
}
