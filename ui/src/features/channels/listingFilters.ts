import type { ListingFilter, ListingSums } from "../../bindings";

/** A list of what a shop has. */
export interface ShownListings {
  filter: ListingFilter;
  label: string;
  /** Which number counts them. */
  sum: keyof ListingSums;
}

/** The lists of the match tab, what waits for a person first. Failures have a tab of their own. */
export const SHOWN_LISTINGS: readonly ShownListings[] = [
  { filter: "unmatched", label: "Unmatched", sum: "unmatched" },
  { filter: "linked", label: "Linked", sum: "linked" },
  { filter: "waiting", label: "Waiting", sum: "waiting" },
  { filter: "conflict", label: "Conflicts", sum: "conflicts" },
  { filter: "pending", label: "Pending", sum: "pending" },
  { filter: "ignored", label: "Ignored", sum: "ignored" },
  { filter: "wanted_here", label: "Wanted here", sum: "wantedHere" },
  { filter: "wanted_there", label: "Wanted there", sum: "wantedThere" },
  { filter: "gone", label: "Gone from the shop", sum: "gone" },
];

/** The list that an address names; the first of them where it names none. */
export function filterOf(name: string | null): ListingFilter {
  return SHOWN_LISTINGS.find(({ filter }) => filter === name)?.filter ?? "unmatched";
}
