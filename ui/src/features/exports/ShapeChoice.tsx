import { Radio, Stack } from "@mantine/core";

import type { Shape } from "../../bindings";

const SHAPES: { value: Shape; label: string; description: string }[] = [
  {
    value: "backstock",
    label: "Backstock",
    description: "A column for each field: nothing is lost.",
  },
  {
    value: "shopify",
    label: "Shopify",
    description:
      "Shopify’s product file, whole families with their options and pictures. What Shopify has no column for is left out.",
  },
];

interface ShapeChoiceProps {
  shape: Shape;
  onChange: (shape: Shape) => void;
}

/** Which program a file of products is made for. */
export function ShapeChoice({ shape, onChange }: ShapeChoiceProps) {
  return (
    <Radio.Group
      label="File for"
      value={shape}
      onChange={(chosen) =>
        onChange(SHAPES.find(({ value }) => value === chosen)?.value ?? "backstock")
      }
    >
      <Stack gap={8} mt={4}>
        {SHAPES.map(({ value, label, description }) => (
          <Radio
            key={value}
            size="xs"
            value={value}
            label={label}
            description={description}
            data-testid={`export-shape-${value}`}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
