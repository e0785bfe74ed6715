import { Radio, Stack } from "@mantine/core";

import type { EmptyCells, ImportOnly, ImportSettings } from "../../bindings";

interface ImportOptionsProps {
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

const ONLY: { value: ImportOnly; label: string }[] = [
  { value: "both", label: "Create and update" },
  { value: "create", label: "Only create new ones" },
  { value: "update", label: "Only update existing ones" },
];

const EMPTY: { value: EmptyCells; label: string }[] = [
  { value: "keep", label: "Keep what the product has" },
  { value: "clear", label: "Empty the field" },
];

/** What the import may do. */
export function ImportOptions({ settings, onChange }: ImportOptionsProps) {
  return (
    <>
      <Radio.Group
        label="Products"
        value={settings.only}
        onChange={(only) => onChange({ ...settings, only })}
      >
        <Stack gap={8} mt={4}>
          {ONLY.map((option) => (
            <Radio
              key={option.value}
              size="xs"
              {...option}
              data-testid={`import-only-${option.value}`}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group
        label="Empty cells"
        value={settings.emptyCells}
        onChange={(cells) => onChange({ ...settings, emptyCells: cells })}
      >
        <Stack gap={8} mt={4}>
          {EMPTY.map((option) => (
            <Radio
              key={option.value}
              size="xs"
              {...option}
              data-testid={`import-empty-${option.value}`}
            />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
}
