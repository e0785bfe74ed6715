import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { Facet, Field } from "../../../bindings";
import { useHost } from "../../../host/context";
import { commandQuery } from "../../../lib/query";

/** Brands and categories that exist already. */
export function useSuggestions(): Partial<Record<Field, string[]>> {
  const { data } = useQuery(commandQuery(useHost(), "products.facets", {}));
  return useMemo(
    () => ({ brand: valuesOf(data?.brands), category: valuesOf(data?.categories) }),
    [data],
  );
}

function valuesOf(facets: Facet[] | undefined): string[] {
  return (facets ?? []).map(({ value }) => value).filter(Boolean);
}
