import { Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";

import { formatDate } from "../../lib/format";
import { presets } from "./days";
import { FilterButton } from "./FilterButton";

interface TimeFilterProps {
  /** Calendar days of this machine: 2026-11-22. */
  from: string | undefined;
  to: string | undefined;
  onChange: (time: { from: string | undefined; to: string | undefined }) => void;
  testid: string;
}

/** A filter of days: from one, or from one to another. */
export function TimeFilter({ from, to, onChange, testid }: TimeFilterProps) {
  const days = [from, to].map((day) => (day === undefined ? "" : formatDate(day)));
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <FilterButton
          label="Time"
          chosen={from === undefined ? undefined : days.filter(Boolean).join(" – ")}
          data-testid={testid}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Filter by time">
        <DatePicker
          type="range"
          value={[from ?? null, to ?? null]}
          onChange={([first, last]) =>
            onChange({ from: first ?? undefined, to: last ?? undefined })
          }
          presets={presets()}
          allowSingleDateInRange
          weekendDays={[]}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
