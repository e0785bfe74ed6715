import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import type {
  Field,
  GenerateVariants,
  PlannedVariant,
  RecordId,
  Value,
  VariantPlan,
} from "../../../bindings";
import { useHost } from "../../../host/context";
import { commandQuery } from "../../../lib/query";
import type { TypedOption } from "./OptionInputs";

/** What a combination is told apart by. */
export const keyOf = ({ values }: Pick<PlannedVariant, "values">) => values.join("\u001f");

/** What a user chose of the variants to be made. */
export interface Wanted {
  options: TypedOption[];
  /** Null while the proposed pattern is taken. */
  pattern: string | null;
  copyFrom: RecordId | null;
  copyStock: boolean;
  /** The combinations that are left out, by their keys. */
  except: ReadonlyMap<string, string[]>;
  /** What was typed for single ones, by their keys. */
  edits: ReadonlyMap<string, { values: string[]; fields: Record<Field, Value> }>;
}

/** How long typing rests before the variants are planned anew. */
const REST_MS = 200;

interface Planned {
  request: GenerateVariants;
  plan: VariantPlan | undefined;
  error: unknown;
  /** Whether the plan is not that of what is typed yet. */
  isStale: boolean;
}

/** What would be made, as it is typed: the core says it. */
export function useVariantPlan(id: RecordId, wanted: Wanted): Planned {
  const host = useHost();
  const request = useMemo<GenerateVariants>(
    () => ({
      id,
      options: wanted.options.map(({ name, values }) => ({ name, values })),
      skuPattern: wanted.pattern,
      copyFrom: wanted.copyFrom,
      copyStock: wanted.copyStock,
      except: [...wanted.except.values()],
      edits: [...wanted.edits.values()],
    }),
    [id, wanted],
  );
  const [asked, setAsked] = useState(request);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(request), REST_MS);
    return () => clearTimeout(timer);
  }, [request]);
  const isAsked = asked.options.some(({ name, values }) => name.trim() !== "" && values.length > 0);
  const { data, error, isPlaceholderData, isFetching } = useQuery({
    ...commandQuery(host, "products.plan_variants", asked, { gcTime: 0 }),
    placeholderData: keepPreviousData,
    enabled: isAsked,
    retry: false,
  });
  return {
    request,
    plan: isAsked && !error ? data : undefined,
    error: isAsked ? error : null,
    isStale: asked !== request || isPlaceholderData || isFetching,
  };
}
