import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";

interface ChoiceFilterProps<T> {
  label: string;
  /** The word for no filter. */
  all: string;
  choices: { value: T; label: string }[];
  value: T | undefined;
  onChange: (value: T | undefined) => void;
}

/** A filter of which one value is chosen, or none. */
export function ChoiceFilter<T>({ label, all, choices, value, onChange }: ChoiceFilterProps<T>) {
  const chosen = choices.find((choice) => choice.value === value);
  const items = [{ value: undefined, label: all }, ...choices];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant={chosen ? "light" : "subtle"}
          color={chosen ? "accent" : "gray"}
          rightSection={<IconChevronDown size={14} />}
          px={8}
          data-testid={`filter-${label.toLowerCase()}`}
        >
          {chosen || label === "View" ? `${label}: ${chosen?.label ?? all}` : label}
        </Button>
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
