import type { InShop } from "../../bindings";
import type { Tone } from "../../components/OutcomeBadge";

/** How a product stands in a shop, as a word in the colour of its meaning. */
export const IN_SHOP: Record<InShop, { label: string; tone: Tone }> = {
  failed: { label: "Failed", tone: "error" },
  gone: { label: "Gone", tone: "conflict" },
  pending: { label: "On its way", tone: "waiting" },
  wanted: { label: "Wanted", tone: "waiting" },
  waiting: { label: "Waiting", tone: "waiting" },
  live: { label: "Live", tone: "create" },
  hidden: { label: "Hidden", tone: "unchanged" },
  archived: { label: "Archived", tone: "unchanged" },
};
