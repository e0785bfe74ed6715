import { Modal, Stack, TextInput } from "@mantine/core";
import { useState, type KeyboardEvent } from "react";

import type { DataRecord, OptionValues, VariantList } from "../../../bindings";
import { useCommand } from "../../../host/command";
import { toCoreError } from "../../../lib/errors";
import { textOf } from "../../../lib/values";
import { useTellChanged } from "./useTellChanged";
import classes from "./Variants.module.css";

interface RenameDialogProps {
  product: DataRecord;
  list: VariantList;
  onClose: () => void;
}

/** The names of options and values, each renamed over the whole family by itself. */
export function RenameDialog({ product, list, onClose }: RenameDialogProps) {
  const sku = textOf(product.fields, "sku");
  return (
    <Modal opened onClose={onClose} title={`Options of ${sku}`} size={520}>
      <Stack gap={16} data-testid="rename-dialog">
        <div className={classes.quiet}>
          Type another name and press Enter: all variants get it. A value that is called like
          another one becomes one with it.
        </div>
        {list.options.map((option) => (
          <OptionNames key={option.name} product={product} option={option} />
        ))}
      </Stack>
    </Modal>
  );
}

function OptionNames({ product, option }: { product: DataRecord; option: OptionValues }) {
  const done = useTellChanged();
  const { id } = product;
  const rename = useCommand("products.rename_option", done);
  const renameValue = useCommand("products.rename_option_value", done);
  return (
    <Stack gap={8}>
      <NameInput
        label="Option"
        name={option.name}
        onRename={(to) => rename.mutateAsync({ id, option: option.name, to })}
      />
      <div className={classes.values}>
        {option.values.map((value) => (
          <NameInput
            key={value}
            label={`${option.name}: ${value}`}
            isBare
            name={value}
            onRename={(to) => renameValue.mutateAsync({ id, option: option.name, value, to })}
          />
        ))}
      </div>
    </Stack>
  );
}

interface NameInputProps {
  label: string;
  /** Whether the label is for screen readers alone. */
  isBare?: boolean;
  name: string;
  onRename: (to: string) => Promise<unknown>;
}

function NameInput({ label, isBare = false, name, onRename }: NameInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const finish = async () => {
    const to = typed?.trim() ?? "";
    if (typed === null || to === name) return setTyped(null);
    try {
      await onRename(to);
      setTyped(null);
    } catch (error) {
      const { message, hint } = toCoreError(error);
      setProblem([message, hint].filter(Boolean).join(" "));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") void finish();
    else if (event.key === "Escape" && typed !== null) setTyped(null);
    else return;
    setProblem(undefined);
    event.stopPropagation();
  };
  return (
    <TextInput
      size="xs"
      {...(isBare ? { "aria-label": label } : { label })}
      value={typed ?? name}
      error={problem}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setProblem(undefined);
      }}
      onKeyDown={onKeyDown}
      data-testid={`rename-${name}`}
    />
  );
}
