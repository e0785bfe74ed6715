import type { KeptRecord } from "../../../bindings";
import { formatInteger } from "../../../lib/format";

/** What was left as it is, in a sentence; empty where nothing was. */
export function keptText(kept: readonly KeptRecord[]): string {
  const [first, ...others] = kept;
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : ` And ${formatInteger(others.length)} more.`;
  return `${first.code} stays as it is: ${first.reason}${more}`;
}
