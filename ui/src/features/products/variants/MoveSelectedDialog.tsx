import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { DataRecord, RecordId } from "../../../bindings";
import { InlineError } from "../../../components/ErrorState";
import { useCommand } from "../../../host/command";
import { useHost } from "../../../host/context";
import type { Host } from "../../../host/host";
import { toCoreError } from "../../../lib/errors";
import { formatCount } from "../../../lib/format";
import { textOf } from "../../../lib/values";
import { MovedTable } from "./MovedTable";
import { namesOf, pairsUnder, valueUnder, type TypedOptions } from "./movedOptions";
import { useTellChanged } from "./useTellChanged";

/** So many have their options in the table; of more, each keeps its own. */
const MOST_TYPED = 50;

interface MoveSelectedDialogProps {
  ids: RecordId[];
  onClose: () => void;
  onMoved: () => void;
}

/** Asks under which product several others go, and for the options of each there. */
export function MoveSelectedDialog({ ids, onClose, onMoved }: MoveSelectedDialogProps) {
  const host = useHost();
  const [parent, setParent] = useState("");
  const [offered, setOffered] = useState<string[]>([]);
  const [typed, setTyped] = useState<TypedOptions>({});
  const tell = useTellChanged();
  const isTyped = ids.length <= MOST_TYPED;
  const { data: products = [], error } = useQuery({
    queryKey: ["products.get", "moved", ids],
    queryFn: () => readAll(host, ids),
    enabled: isTyped,
  });
  const move = useCommand("products.move_to", (changed) => {
    tell(changed);
    onMoved();
    onClose();
  });
  /** The options of the family that is chosen are asked for. */
  const offer = async () => {
    const [found] = await host.call("products.find", { skus: [parent] });
    const list = found && (await host.call("products.variants", { id: found.id }));
    setOffered(list ? list.options.map(({ name }) => name) : []);
  };
  const names = namesOf(products, offered);
  const variants = isTyped
    ? products.map((product) => ({
        id: product.id,
        options: pairsUnder(product, names, typed),
      }))
    : ids.map((id) => ({ id }));
  const refused = move.error ? (toCoreError(move.error).fields ?? {}) : {};
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Move ${formatCount(ids.length, "product")} under a product`}
      size={640}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate({ variants, parent });
        }}
      >
        <Stack gap={12} data-testid="move-selected-dialog">
          <TextInput
            label="SKU of the product"
            value={parent}
            onChange={(event) => setParent(event.currentTarget.value)}
            onBlur={() => void offer().catch(() => {})}
            data-autofocus
            data-testid="parent-sku"
          />
          {isTyped ? (
            <MovedTable
              rows={products.map(({ id, fields }) => ({ id, sku: textOf(fields, "sku") }))}
              names={names}
              refused={refused}
              valueOf={(id, name) => valueUnder(products, id, name, typed)}
              onChange={(id, name, value) =>
                setTyped((old) => ({ ...old, [id]: { ...old[id], [name.toLowerCase()]: value } }))
              }
            />
          ) : (
            <p>Each keeps the options that it has.</p>
          )}
          {(error ?? move.error) && <InlineError error={error ?? move.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={move.isPending}
              disabled={variants.length < ids.length}
              data-testid="confirm-move"
            >
              Move {formatCount(ids.length, "product")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

async function readAll(host: Host, ids: readonly RecordId[]): Promise<DataRecord[]> {
  const found = ids.map(async (id) => (await host.call("products.get", { id })).product);
  return Promise.all(found);
}
