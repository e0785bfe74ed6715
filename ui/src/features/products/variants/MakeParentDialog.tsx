import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";

import type { DataRecord } from "../../../bindings";
import { InlineError } from "../../../components/ErrorState";
import { useCommand } from "../../../host/command";
import { toCoreError } from "../../../lib/errors";
import { textOf } from "../../../lib/values";
import { PairInputs, pairsOf, typedPairs } from "./PairInputs";
import { useTellChanged } from "./useTellChanged";
import classes from "./Variants.module.css";

interface MakeParentDialogProps {
  product: DataRecord;
  onClose: () => void;
}

/** Asks for the SKU of the new product above this one, and for the options of this one. */
export function MakeParentDialog({ product, onClose }: MakeParentDialogProps) {
  const sku = textOf(product.fields, "sku");
  const [parent, setParent] = useState("");
  const [pairs, setPairs] = useState(() => typedPairs([]));
  const tell = useTellChanged();
  const make = useCommand("products.make_parent", (changed) => {
    tell(changed);
    onClose();
  });
  const skuProblem = make.error ? toCoreError(make.error).fields?.sku : undefined;
  return (
    <Modal opened onClose={onClose} title={`A new product above ${sku}`} size={480}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ id: product.id, sku: parent, options: pairsOf(pairs) });
        }}
      >
        <Stack gap={12} data-testid="make-parent-dialog">
          <div className={classes.quiet}>
            {sku} becomes its first variant and keeps SKU, prices, stock, barcode, suppliers and
            history. The new product takes over name, brand, category, texts and prices.
          </div>
          <TextInput
            label="SKU of the new product"
            value={parent}
            onChange={(event) => setParent(event.currentTarget.value)}
            error={skuProblem}
            data-autofocus
            data-testid="parent-sku"
          />
          <PairInputs pairs={pairs} onChange={setPairs} />
          {make.error && skuProblem === undefined && <InlineError error={make.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={make.isPending} data-testid="confirm-make-parent">
              Create product
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
