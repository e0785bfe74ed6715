import { Button, Group, Modal, SegmentedControl, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";

import type { DataRecord, OptionValues, VariantList } from "../../../bindings";
import { InlineError } from "../../../components/ErrorState";
import { showErrorToast, showToast } from "../../../components/toast";
import { useCommand } from "../../../host/command";
import { useUndoAction } from "../../../host/undo";
import { formatCount } from "../../../lib/format";
import { takePictures } from "../../../lib/pictureTarget";
import { textOf, valueIn } from "../../../lib/values";
import { type NamedPicture, useGiveImages } from "../../records/form";
import { OptionPictureRow } from "./OptionPictureRow";
import {
  type ChosenPictures,
  pictureOf,
  picturesToSave,
  placed,
  withValue,
} from "./optionPictures";
import classes from "./Variants.module.css";

interface OptionPicturesDialogProps {
  product: DataRecord;
  list: VariantList;
  onClose: () => void;
}

const NOTHING: ChosenPictures = new Map();

/** A picture for each value of an option, which all variants with that value get: one batch. */
export function OptionPicturesDialog({ product, list, onClose }: OptionPicturesDialogProps) {
  const { options, variants } = list;
  const [name, setName] = useState(options[0]?.name ?? "");
  const [chosen, setChosen] = useState(NOTHING);
  const [current, setCurrent] = useState(0);
  const option = options.find((each) => each.name === name) ?? { name, values: [] };
  const sku = textOf(product.fields, "sku");
  const giving = useTaken(sku, option, current, setChosen);
  const save = useSavePictures(product, onClose);
  const records = picturesToSave(variants, option, chosen);
  const choose = (value: string, at: number, image: string) => {
    setChosen((old) => new Map(old).set(value.toLowerCase(), image));
    setCurrent(Math.min(at + 1, option.values.length - 1));
  };
  return (
    <Modal opened onClose={onClose} title={`Pictures of the variants of ${sku}`} size={640}>
      <Stack gap={12} data-testid="option-pictures">
        {options.length > 1 && (
          <SegmentedControl
            aria-label="Option"
            data={options.map((each) => each.name)}
            value={name}
            onChange={(next) => {
              setName(next);
              setChosen(NOTHING);
              setCurrent(0);
            }}
          />
        )}
        <p className={classes.quiet}>
          Drop pictures here, one for each value: a file that is called like a value goes to it, any
          other to the next one.
        </p>
        <div className={classes.pictures} role="radiogroup" aria-label={option.name}>
          {option.values.map((value, at) => {
            const group = withValue(variants, option.name, value);
            return (
              <OptionPictureRow
                key={value}
                value={value}
                count={group.length}
                image={chosen.get(value.toLowerCase()) ?? pictureOf(group)}
                offered={imagesOf(product)}
                isCurrent={at === current}
                onCurrent={() => setCurrent(at)}
                onChoose={(image) => choose(value, at, image)}
                onFile={() => {
                  setCurrent(at);
                  giving.choose();
                }}
              />
            );
          })}
        </div>
        {save.error && <InlineError error={save.error} />}
        <Group justify="flex-end" gap={8}>
          {giving.isGiving && <span className={classes.quiet}>Adding…</span>}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={records.length === 0 || giving.isGiving}
            loading={save.isPending}
            onClick={() => save.mutate({ records })}
            data-autofocus
            data-testid="save-pictures"
          >
            Save for {formatCount(records.length, "variant")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Takes what is dropped on the window or pasted while the dialog is open. */
function useTaken(
  sku: string,
  { values }: OptionValues,
  first: number,
  setChosen: (next: (old: ChosenPictures) => ChosenPictures) => void,
) {
  const onStored = useCallback(
    (_: string[], pictures: NamedPicture[]) =>
      setChosen((chosen) => placed(pictures, { values, first, chosen })),
    [values, first, setChosen],
  );
  const giving = useGiveImages(onStored);
  const { giveFiles, givePasted, giveClipboard } = giving;
  useEffect(() => {
    const name = `the variants of ${sku}`;
    return takePictures({ name, drop: giveFiles, paste: givePasted, pasteByHost: giveClipboard });
  }, [sku, giveFiles, givePasted, giveClipboard]);
  return giving;
}

function useSavePictures({ id }: DataRecord, onClose: () => void) {
  const client = useQueryClient();
  const undoOf = useUndoAction();
  return useCommand("products.update_many", ({ changed, refused, batchId }) => {
    void client.invalidateQueries({ queryKey: ["products.variants", { id }] });
    if (batchId !== null) {
      showToast(`${formatCount(changed, "variant")} saved.`, undoOf(batchId));
    }
    const problem = refused[0]?.problems[0];
    if (problem) showErrorToast(new Error(problem.message));
    onClose();
  });
}

/** The pictures that the product itself has. */
function imagesOf({ fields }: DataRecord): string[] {
  const others = valueIn(fields, "alt_images");
  const all = [textOf(fields, "main_image"), ...(Array.isArray(others) ? others : [])];
  return all.filter((image) => image !== "");
}
