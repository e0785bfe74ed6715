import { ActionIcon, Button, TagsInput, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";

import type { OptionValues } from "../../../bindings";
import classes from "./Variants.module.css";

/** No product has more options. */
export const MOST_OPTIONS = 3;

/** An option that is typed. */
export interface TypedOption extends OptionValues {
  /** Tells it from the others while its name changes. */
  id: number;
}

/** These options, to be typed on; one that is empty where there is none. */
export function typedOptions(options: readonly OptionValues[]): TypedOption[] {
  const some = options.length > 0 ? options : [{ name: "", values: [] }];
  return some.map(({ name, values }, id) => ({ id, name, values }));
}

interface OptionInputsProps {
  options: readonly TypedOption[];
  onChange: (options: TypedOption[]) => void;
}

function blankAfter(options: readonly TypedOption[]): TypedOption {
  return { id: Math.max(...options.map(({ id }) => id)) + 1, name: "", values: [] };
}

/** Up to three options, each with its values. */
export function OptionInputs({ options, onChange }: OptionInputsProps) {
  const change = (at: number, part: Partial<OptionValues>) =>
    onChange(options.map((option, each) => (each === at ? { ...option, ...part } : option)));
  return (
    <>
      {options.map((option, at) => (
        <div key={option.id} className={classes.option}>
          <TextInput
            label={at === 0 ? "Option" : undefined}
            aria-label={`Option ${at + 1}`}
            placeholder={at === 0 ? "Colour" : "Size"}
            value={option.name}
            onChange={(event) => change(at, { name: event.currentTarget.value })}
            data-autofocus={(at === 0 && option.name === "") || undefined}
            data-testid={`option-name-${at + 1}`}
          />
          <TagsInput
            label={at === 0 ? "Values, each with Enter" : undefined}
            aria-label={`Values of option ${at + 1}`}
            placeholder={option.values.length === 0 ? "Red, Blue" : ""}
            value={option.values}
            onChange={(values) => change(at, { values })}
            splitChars={[",", ";", "\t", "\n"]}
            acceptValueOnBlur
            data-testid={`option-values-${at + 1}`}
          />
          <ActionIcon
            aria-label={`Remove option ${at + 1}`}
            disabled={options.length === 1}
            onClick={() => onChange(options.filter((_, each) => each !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      {options.length < MOST_OPTIONS && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...options, blankAfter(options)])}
            data-testid="add-option"
          >
            Add an option
          </Button>
        </div>
      )}
    </>
  );
}
