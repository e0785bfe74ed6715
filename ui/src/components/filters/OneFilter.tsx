import { FacetFilter, type FacetOption } from "./FacetFilter";

interface OneFilterProps {
  label: string;
  options: FacetOption[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  testid: string;
}

/** A filter of which one value is found by typing. */
export function OneFilter({ label, options, value, onChange, testid }: OneFilterProps) {
  return (
    <FacetFilter
      label={label}
      find={`Find: ${label.toLowerCase()}`}
      options={options}
      value={value === undefined ? [] : [value]}
      onChange={([chosen]) => onChange(chosen)}
      isSingle
      testid={testid}
    />
  );
}
