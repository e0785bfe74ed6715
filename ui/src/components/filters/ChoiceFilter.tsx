import { Menu } from "@mantine/core";

import { FilterButton } from "./FilterButton";

interface ChoiceFilterProps<T> {
  label: string;
  /** The word for no filter. */
  all: string;
  /** Whether the button says the word for no filter, too. */
  saysAll?: boolean;
  choices: readonly { value: T; label: string }[];
  value: T | undefined;
  onChange: (value: T | undefined) => void;
  testid: string;
}

/** A filter of which one of a few values is chosen, or none. */
export function ChoiceFilter<T>(props: ChoiceFilterProps<T>) {
  const { label, all, choices, value, onChange } = props;
  const chosen = choices.find((choice) => choice.value === value);
  const items = [{ value: undefined, label: all }, ...choices];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <FilterButton
          label={props.saysAll && !chosen ? `${label}: ${all}` : label}
          chosen={chosen?.label}
          data-testid={props.testid}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) => (
          <Menu.RadioItem
            key={item.label}
            value={item.label}
            checked={item.value === value}
            closeMenuOnClick
            onChange={() => onChange(item.value)}
          >
            {item.label}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
