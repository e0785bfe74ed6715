import { Button, Popover, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";

import type { Facet } from "../../bindings";
import { formatInteger } from "../../lib/format";
import classes from "./Products.module.css";

/** More than this many values are narrowed by typing. */
const MOST_SHOWN = 200;

interface FacetFilterProps {
  label: string;
  /** The word for products that have no value. */
  none: string;
  facets: Facet[] | undefined;
  value: string[];
  onChange: (value: string[] | undefined) => void;
}

/** A filter of which any number of values can be chosen; each says how many products have it. */
export function FacetFilter({ label, none, facets, value, onChange }: FacetFilterProps) {
  const [query, setQuery] = useState("");
  const nameOf = (facet: string) => (facet === "" ? none : facet);
  const [first, ...others] = value;
  const matches = (facets ?? []).filter((facet) =>
    nameOf(facet.value).toLowerCase().includes(query.trim().toLowerCase()),
  );
  const toggle = (facet: string) =>
    onChange(value.includes(facet) ? value.filter((each) => each !== facet) : [...value, facet]);
  const title =
    first === undefined
      ? label
      : `${label}: ${nameOf(first)}${others.length > 0 ? ` +${others.length}` : ""}`;
  return (
    <Popover position="bottom-start" width={280} trapFocus onClose={() => setQuery("")}>
      <Popover.Target>
        <Button
          variant={first === undefined ? "subtle" : "light"}
          color={first === undefined ? "gray" : "accent"}
          rightSection={<IconChevronDown size={14} />}
          px={8}
          data-testid={`filter-${label.toLowerCase()}`}
        >
          {title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={10} aria-label={`Filter by ${label.toLowerCase()}`}>
        <div className={classes.facet}>
          <TextInput
            placeholder={`Find a ${label.toLowerCase()}`}
            aria-label={`Find a ${label.toLowerCase()}`}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            data-autofocus
          />
          <ul className={classes.facetList}>
            {matches.slice(0, MOST_SHOWN).map((facet) => (
              <li key={facet.value}>
                <label className={classes.facetItem}>
                  <input
                    type="checkbox"
                    className="tick"
                    checked={value.includes(facet.value)}
                    onChange={() => toggle(facet.value)}
                  />
                  <span className={classes.facetName}>{nameOf(facet.value)}</span>
                  <span className={classes.facetCount}>{formatInteger(facet.count)}</span>
                </label>
              </li>
            ))}
          </ul>
          {matches.length === 0 && <span className={classes.facetCount}>Nothing matches.</span>}
          {value.length > 0 && (
            <Button variant="subtle" onClick={() => onChange(undefined)}>
              Clear
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
