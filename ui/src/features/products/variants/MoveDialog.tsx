import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";

import type { DataRecord } from "../../../bindings";
import { InlineError } from "../../../components/ErrorState";
import { useCommand } from "../../../host/command";
import { useHost } from "../../../host/context";
import { textOf } from "../../../lib/values";
import { ownPairs } from "./movedOptions";
import { PairInputs, pairsOf, typedPairs } from "./PairInputs";
import { useTellChanged } from "./useTellChanged";

interface MoveDialogProps {
  product: DataRecord;
  onClose: () => void;
}

/** Asks under which product this one goes, and for its options there. */
export function MoveDialog({ product, onClose }: MoveDialogProps) {
  const host = useHost();
  const [parent, setParent] = useState("");
  const [pairs, setPairs] = useState(() => typedPairs(ownPairs(product)));
  const tell = useTellChanged();
  const move = useCommand("products.move_to", (changed) => {
    tell(changed);
    if (changed.kept.length === 0) onClose();
  });
  /** The options of the family that is chosen are offered, with what is typed for them. */
  const offer = async () => {
    const [found] = await host.call("products.find", { skus: [parent] });
    if (!found) return;
    const { options } = await host.call("products.variants", { id: found.id });
    if (options.length === 0) return;
    setPairs((old) =>
      typedPairs(
        options.map(({ name }) => {
          const own = old.find((pair) => pair.name.toLowerCase() === name.toLowerCase());
          return { name, value: own?.value ?? "" };
        }),
      ),
    );
  };
  const sku = textOf(product.fields, "sku");
  return (
    <Modal opened onClose={onClose} title={`Move ${sku} under a product`} size={480}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const variants = [{ id: product.id, options: pairsOf(pairs) }];
          move.mutate({ variants, parent });
        }}
      >
        <Stack gap={12} data-testid="move-dialog">
          <TextInput
            label="SKU of the product"
            value={parent}
            onChange={(event) => setParent(event.currentTarget.value)}
            onBlur={() => void offer().catch(() => {})}
            data-autofocus
            data-testid="parent-sku"
          />
          <PairInputs pairs={pairs} onChange={setPairs} />
          {move.error && <InlineError error={move.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={move.isPending} data-testid="confirm-move">
              Move
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
