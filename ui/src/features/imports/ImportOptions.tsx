import { Radio, Stack } from "@mantine/core";

import type { EmptyCells, ImportOnly, ImportSettings, Kind } from "../../bindings";
import { useKind } from "../../host/state";

interface ImportOptionsProps {
  kind: Kind;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

const ONLY: { value: ImportOnly; label: string }[] = [
  { value: "both", label: "Create and update" },
  { value: "create", label: "Only create new ones" },
  { value: "update", label: "Only update existing ones" },
];

const EMPTY: { value: EmptyCells; label: string }[] = [
  { value: "keep", label: "Keep what the record has" },
  { value: "clear", label: "Empty the field" },
];

/** What the import may do. */
export function ImportOptions({ kind, settings, onChange }: ImportOptionsProps) {
  const plural = useKind(kind)?.plural ?? "records";
  return (
    <>
      <Radio.Group
        label={plural.charAt(0).toUpperCase() + plural.slice(1)}
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
