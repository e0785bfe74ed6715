import { Button, Popover, TextInput } from "@mantine/core";
import { useState } from "react";

import { formatInteger } from "../../lib/format";
import { FilterButton } from "./FilterButton";
import classes from "./Filters.module.css";

/** More than this many values are narrowed by typing. */
const MOST_SHOWN = 200;

/** A value to filter by. */
export interface FacetOption {
  value: string;
  label: string;
  /** How many records have it, where that is known. */
  count?: number;
}

interface FacetFilterProps {
  label: string;
  /** What a value is called, to find one: "Find a brand". */
  find: string;
  options: readonly FacetOption[];
  /** What is chosen; of one choice alone it is the only one. */
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Whether another choice takes the place of the one before. */
  isSingle?: boolean;
  /** Told what is typed, where the options are what was found by it. */
  onSearch?: (words: string) => void;
  /** Whether there are others that typing finds. */
  hasMore?: boolean;
  testid: string;
}

/** A filter whose values are found by typing; any number of them can be chosen, or one. */
export function FacetFilter(props: FacetFilterProps) {
  const { label, find, options, value, onChange, onSearch, isSingle = false } = props;
  const [query, setQuery] = useState("");
  const search = (words: string) => {
    setQuery(words);
    onSearch?.(words);
  };
  const [opened, setOpened] = useState(false);
  const labels = new Map(options.map((option) => [option.value, option.label]));
  const [first, ...others] = value.map((each) => labels.get(each) ?? each);
  const chosen = first === undefined || others.length === 0 ? first : `${first} +${others.length}`;
  const words = query.trim().toLowerCase();
  const matches = onSearch
    ? options
    : options.filter((option) => option.label.toLowerCase().includes(words));
  const hasMore = props.hasMore ?? matches.length > MOST_SHOWN;
  const close = () => {
    setOpened(false);
    search("");
  };
  const toggle = (option: string) => {
    const isChosen = value.includes(option);
    if (!isSingle) {
      return onChange(isChosen ? value.filter((each) => each !== option) : [...value, option]);
    }
    onChange(isChosen ? [] : [option]);
    close();
  };
  return (
    <Popover
      position="bottom-start"
      width={280}
      trapFocus
      opened={opened}
      onChange={(next) => (next ? setOpened(true) : close())}
    >
      <Popover.Target>
        <FilterButton
          label={label}
          chosen={chosen}
          onClick={() => (opened ? close() : setOpened(true))}
          data-testid={props.testid}
        />
      </Popover.Target>
      <Popover.Dropdown p={10} aria-label={`Filter by ${label.toLowerCase()}`}>
        <div className={classes.facet}>
          <TextInput
            placeholder={find}
            aria-label={find}
            value={query}
            onChange={(event) => search(event.currentTarget.value)}
            data-autofocus
          />
          <ul className={classes.options}>
            {matches.slice(0, MOST_SHOWN).map((option) => (
              <li key={option.value}>
                <label className={classes.option}>
                  <input
                    type={isSingle ? "radio" : "checkbox"}
                    className="tick"
                    checked={value.includes(option.value)}
                    onClick={isSingle ? () => toggle(option.value) : undefined}
                    onChange={isSingle ? () => {} : () => toggle(option.value)}
                  />
                  <span className={classes.optionLabel}>{option.label}</span>
                  {option.count !== undefined && (
                    <span className={classes.count}>{formatInteger(option.count)}</span>
                  )}
                </label>
              </li>
            ))}
          </ul>
          {hasMore && <span className={classes.count}>Type to find others.</span>}
          {matches.length === 0 && <span className={classes.count}>Nothing matches.</span>}
          {value.length > 0 && (
            <Button
              variant="subtle"
              onClick={() => {
                onChange([]);
                close();
              }}
            >
              Clear
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
