import { useCallback } from "react";

import type { ProductFilter, ProductId } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";

/** Which products to export: a filter, or just these. */
export interface ExportScope {
  filter?: ProductFilter;
  ids?: ProductId[];
}

/** Asks for a file and starts to write products to it. */
export function useExport(): (scope: ExportScope) => void {
  const host = useHost();
  return useCallback(
    ({ filter = {}, ids }: ExportScope) => {
      const run = async () => {
        const file = await host.call("files.choose_save", { suggestedName: "products.csv" });
        if (file) await host.call("exports.run", { file: file.token, filter, ids: ids ?? null });
      };
      run().catch(showErrorToast);
    },
    [host],
  );
}
