import { Autocomplete, type AutocompleteProps } from "@mantine/core";
import { useState } from "react";

import type { Kind } from "../../../bindings";
import { useFoundRecords } from "../useFoundRecords";
import classes from "./Form.module.css";

interface ReferenceInputProps extends Omit<AutocompleteProps, "data" | "value" | "onChange"> {
  /** The kind of the record that is named. */
  to: Kind;
  /** Whether it names a parent, which is no child itself. */
  isChild: boolean;
  value: string;
  onChange: (code: string) => void;
}

const MOST = 20;

/** Names another record by its code, which is found by code or title. */
export function ReferenceInput({ to, isChild, value, onChange, ...props }: ReferenceInputProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { records } = useFoundRecords(to, {
    words: value,
    most: MOST,
    isTop: isChild,
    enabled: isOpen && props.readOnly !== true,
  });
  const titles = new Map(records.map(({ code, title }) => [code, title]));
  return (
    <Autocomplete
      {...props}
      value={value}
      onChange={onChange}
      onDropdownOpen={() => setIsOpen(true)}
      onDropdownClose={() => setIsOpen(false)}
      data={records.map(({ code }) => code)}
      // The core has searched already.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className={classes.match}>
          <span>{option.value}</span>
          <span className={classes.matchTitle}>{titles.get(option.value)}</span>
        </span>
      )}
    />
  );
}
