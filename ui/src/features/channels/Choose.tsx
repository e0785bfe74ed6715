import { Checkbox } from "@mantine/core";

import type { ListingInfo } from "../../bindings";
import { nameOf } from "./ListingTitle";

/** Which listings are chosen, to do the same with all of them. */
export interface ChosenListings {
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}

/** Chooses all rows that are shown, or none. */
export function ChooseAll({
  rows,
  choice,
}: {
  rows: readonly ListingInfo[];
  choice: ChosenListings;
}) {
  const { chosen, choose } = choice;
  const isAll = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  return (
    <Checkbox
      aria-label="Select all that are shown"
      checked={isAll}
      indeterminate={!isAll && rows.some(({ id }) => chosen.has(id))}
      onChange={() => choose(new Set(isAll ? [] : rows.map(({ id }) => id)))}
      data-testid="select-all"
    />
  );
}

/** Chooses one row, or leaves it out again. */
export function Choose({ listing, choice }: { listing: ListingInfo; choice: ChosenListings }) {
  const { chosen, choose } = choice;
  const { id } = listing;
  return (
    <Checkbox
      aria-label={`Select ${nameOf(listing)}`}
      checked={chosen.has(id)}
      onChange={() => {
        const next = new Set(chosen);
        if (!next.delete(id)) next.add(id);
        choose(next);
      }}
    />
  );
}
