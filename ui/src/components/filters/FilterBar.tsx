import { Button } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconFilterOff } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

import classes from "./Filters.module.css";

interface FilterBarProps {
  /** How many filters narrow the list. */
  active: number;
  onClear: () => void;
  /** What stands at the end, such as the menu of columns. */
  end?: ReactNode;
  /** The filters. */
  children: ReactNode;
}

/**
 * What narrows a list: a row of filters, each a button that names its choice. Where there is no
 * room for the row it opens from one button, which says how many filters narrow the list.
 */
export function FilterBar({ active, onClear, end, children }: FilterBarProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={classes.bar} role="group" aria-label="Filters" data-open={isOpen || undefined}>
      <Button
        variant={active > 0 ? "light" : "subtle"}
        color={active > 0 ? "accent" : "gray"}
        leftSection={<IconAdjustmentsHorizontal size={16} />}
        className={classes.toggle ?? ""}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        data-testid="filters-toggle"
      >
        {active > 0 ? `Filters: ${active}` : "Filters"}
      </Button>
      <div className={classes.filters}>
        {children}
        {active > 0 && (
          <Button
            variant="subtle"
            leftSection={<IconFilterOff size={16} />}
            onClick={onClear}
            px={8}
            data-testid="clear-filters"
          >
            Clear
          </Button>
        )}
      </div>
      {end && <div className={classes.end}>{end}</div>}
    </div>
  );
}
