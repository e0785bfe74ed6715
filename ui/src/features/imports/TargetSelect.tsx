import { type ComboboxItem, Select } from "@mantine/core";
import { useState } from "react";

import type { TargetOptions } from "./targets";
import classes from "./TargetSelect.module.css";

/** Stands for "this column is not imported" in the list. */
const NOTHING = "-";
const NOT_IMPORTED = "Not imported";

interface TargetSelectProps {
  label: string;
  testid: string;
  options: readonly TargetOptions[];
  value: string | null;
  onChange: (target: string | null) => void;
}

interface TargetItem extends ComboboxItem {
  taken?: string | undefined;
}

/** Chooses what a column feeds; what another column feeds already cannot be chosen, and says so. */
export function TargetSelect(props: TargetSelectProps) {
  const options = props.options.flatMap((group) => group.options);
  const shown = options.find(({ key }) => key === props.value)?.label ?? NOT_IMPORTED;
  const [search, setSearch] = useState(shown);
  const groups = props.options.map((group) => ({
    group: group.label,
    items: group.options.map(({ key, label, taken }) => ({
      value: key,
      label,
      disabled: taken !== null,
      taken: taken ?? undefined,
    })),
  }));
  return (
    <Select
      aria-label={props.label}
      data-testid={props.testid}
      data={[{ value: NOTHING, label: NOT_IMPORTED }, ...groups]}
      value={props.value ?? NOTHING}
      searchable
      // What is typed replaces the name that stands there.
      searchValue={search}
      onSearchChange={setSearch}
      placeholder={shown}
      onFocus={(event) => event.currentTarget.select()}
      onClick={() => {
        if (search === shown) setSearch("");
      }}
      selectFirstOptionOnChange
      allowDeselect={false}
      nothingFoundMessage="No such field"
      maxDropdownHeight={320}
      // There is one for each column: their lists are made when they are opened.
      comboboxProps={{ width: 320, position: "bottom-start", keepMounted: false }}
      classNames={{
        option: classes.item ?? "",
        input: props.value === null ? (classes.nothing ?? "") : "",
      }}
      onChange={(chosen) => props.onChange(chosen === NOTHING ? null : chosen)}
      renderOption={({ option }) => <TargetOption item={option} />}
    />
  );
}

function TargetOption({ item }: { item: TargetItem }) {
  return (
    <span className={classes.option}>
      {item.label}
      {item.taken !== undefined && <span className={classes.taken}>from “{item.taken}”</span>}
    </span>
  );
}
