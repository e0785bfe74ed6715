import type { KindInfo, PlanSummary } from "../../bindings";
import { useKinds } from "../../host/state";
import { reviewedKinds } from "./reviewedKinds";

/** What the search of a review looks at, as the columns of its records are called. */
export function useSearched({ kinds }: Pick<PlanSummary, "kinds">): string {
  return searchedOf(reviewedKinds(useKinds(), kinds));
}

/** Records of several kinds have no word in common for what identifies them. */
export function searchedOf(kinds: readonly KindInfo[]): string {
  const [kind, ...others] = kinds;
  const code = kind === undefined || others.length > 0 ? "code" : inSentence(kind.codeLabel);
  return `${code}, name or reason`;
}

/** A label amid a sentence; one like SKU stays as it is. */
function inSentence(label: string): string {
  const [first = "", second = ""] = label;
  return second === second.toUpperCase() ? label : first.toLowerCase() + label.slice(1);
}
