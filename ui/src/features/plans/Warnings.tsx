import { IconAlertTriangle } from "@tabler/icons-react";

import type { PlanWarning } from "../../bindings";
import { formatCount, formatInteger } from "../../lib/format";
import classes from "./Warnings.module.css";

/** What to look at before applying, in one line each. */
export function Warnings({ warnings }: { warnings: readonly PlanWarning[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label="Warnings" data-testid="plan-warnings">
      {warnings.map((warning) => (
        <li key={keyOf(warning)} className={classes.warning}>
          <IconAlertTriangle size={14} />
          {warningText(warning)}
        </li>
      ))}
    </ul>
  );
}

/** A warning as a sentence. */
export function warningText(warning: PlanWarning): string {
  switch (warning.kind) {
    case "jumps":
      return `${warning.label}: ${formatCount(warning.count, "value")} ${warning.count === 1 ? "changes" : "change"} by more than 20 %`;
    case "fallsToZero":
      return `${warning.label}: ${formatCount(warning.count, "value")} ${warning.count === 1 ? "falls" : "fall"} to zero`;
    case "notFound":
      return `${formatCount(warning.count, "row")} ${warning.count === 1 ? "is" : "are"} about ${warning.plural} that are not there: ${named(warning)}`;
    case "lookAlikes":
      return `${differing(warning.count, "SKU")} from another only in case or spaces: ${named(warning)}`;
    case "looksLikeCatalogue":
      return `${differing(warning.count, "new SKU")} from one in the catalogue only in case or spaces: ${named(warning)}`;
  }
}

/** A plan has one warning of a kind for each field that it is about. */
function keyOf(warning: PlanWarning): string {
  return "field" in warning ? `${warning.kind} ${warning.field}` : warning.kind;
}

function differing(count: number, noun: string): string {
  return `${formatCount(count, noun)} ${count === 1 ? "differs" : "differ"}`;
}

/** Some of the SKUs, and how many more there are. */
function named({ count, examples }: { count: number; examples: readonly string[] }): string {
  const some = examples.map((sku) => `“${sku}”`).join(", ");
  const more = count - examples.length;
  return more > 0 ? `${some} and ${formatInteger(more)} more` : some;
}
