import { Button, type ButtonProps } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ComponentPropsWithRef } from "react";

interface FilterButtonProps
  extends ButtonProps, Omit<ComponentPropsWithRef<"button">, keyof ButtonProps> {
  /** What is filtered by. */
  label: string;
  /** What was chosen, in words; undefined for no filter. */
  chosen: string | undefined;
}

/** The button of a filter: its name, and what was chosen. */
export function FilterButton({ label, chosen, ...props }: FilterButtonProps) {
  return (
    <Button
      variant={chosen === undefined ? "subtle" : "light"}
      color={chosen === undefined ? "gray" : "accent"}
      rightSection={<IconChevronDown size={14} />}
      px={8}
      maw={280}
      title={chosen === undefined ? undefined : `${label}: ${chosen}`}
      {...props}
    >
      {chosen === undefined ? label : `${label}: ${chosen}`}
    </Button>
  );
}
