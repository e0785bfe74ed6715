import { ActionIcon, Button, Group, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";

import type { OptionPair } from "../../../bindings";
import { MOST_OPTIONS } from "./OptionInputs";

/** An option of one variant that is typed. */
export interface TypedPair extends OptionPair {
  /** Tells it from the others while its name changes. */
  id: number;
}

/** These options with these values, to be typed on; one that is empty where there is none. */
export function typedPairs(pairs: readonly OptionPair[]): TypedPair[] {
  const some = pairs.length > 0 ? pairs : [{ name: "", value: "" }];
  return some.map(({ name, value }, id) => ({ id, name, value }));
}

/** What was typed, without what is empty. */
export function pairsOf(typed: readonly TypedPair[]): OptionPair[] {
  const filled = typed.filter(({ name, value }) => name.trim() !== "" || value.trim() !== "");
  return filled.map(({ name, value }) => ({ name, value }));
}

interface PairInputsProps {
  pairs: readonly TypedPair[];
  onChange: (pairs: TypedPair[]) => void;
}

/** The options of one variant: names and values. */
export function PairInputs({ pairs, onChange }: PairInputsProps) {
  const change = (id: number, part: Partial<OptionPair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? Object.assign({}, pair, part) : pair)));
  return (
    <>
      {pairs.map(({ id, name, value }, at) => (
        <Group key={id} gap={8} wrap="nowrap" align="flex-end">
          <TextInput
            flex={1}
            label={at === 0 ? "Option" : undefined}
            aria-label={`Option ${at + 1}`}
            placeholder="Size"
            value={name}
            onChange={(event) => change(id, { name: event.currentTarget.value })}
            data-testid={`pair-name-${at + 1}`}
          />
          <TextInput
            flex={1}
            label={at === 0 ? "Value" : undefined}
            aria-label={`Value of option ${at + 1}`}
            placeholder="M"
            value={value}
            onChange={(event) => change(id, { value: event.currentTarget.value })}
            data-testid={`pair-value-${at + 1}`}
          />
          <ActionIcon
            aria-label={`Remove option ${at + 1}`}
            disabled={pairs.length === 1}
            onClick={() => onChange(pairs.filter((pair) => pair.id !== id))}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      {pairs.length < MOST_OPTIONS && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              onChange([
                ...pairs,
                { id: Math.max(...pairs.map(({ id }) => id)) + 1, name: "", value: "" },
              ])
            }
          >
            Add an option
          </Button>
        </div>
      )}
    </>
  );
}
