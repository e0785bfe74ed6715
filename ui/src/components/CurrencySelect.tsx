import { Select } from "@mantine/core";
import { useMemo, type ReactNode } from "react";

import { currencies } from "../lib/currency";

interface CurrencySelectProps {
  /** An ISO 4217 code; empty for none. */
  value: string;
  onChange: (code: string) => void;
  label?: string;
  description?: ReactNode;
  error?: ReactNode;
  disabled?: boolean;
  testid: string;
}

/** Chooses the currency of prices, or none. */
export function CurrencySelect({ value, onChange, testid, ...props }: CurrencySelectProps) {
  const data = useMemo(
    () => currencies().map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
    [],
  );
  return (
    <Select
      {...props}
      aria-label={props.label ?? "Currency"}
      data={data}
      value={value === "" ? null : value}
      onChange={(code) => onChange(code ?? "")}
      placeholder="None"
      searchable
      clearable={!props.disabled}
      clearButtonProps={{ "aria-label": "Take the currency out" }}
      nothingFoundMessage="No currency has this name or code."
      maxDropdownHeight={240}
      data-testid={testid}
    />
  );
}
