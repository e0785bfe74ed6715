import { Menu } from "@mantine/core";
import { IconArrowRight, IconArrowsSplit, IconSitemap } from "@tabler/icons-react";
import { useState } from "react";

import type { DataRecord } from "../../../bindings";
import { useCommand } from "../../../host/command";
import { parentOf } from "../parentOf";
import { MakeParentDialog } from "./MakeParentDialog";
import { MoveDialog } from "./MoveDialog";
import { useTellChanged } from "./useTellChanged";

type Dialog = "make-parent" | "move" | null;

interface FamilyItems {
  /** What can be done with the place of a product in a family, for its menu. */
  items: React.ReactNode;
  /** What that asks for. */
  dialog: React.ReactNode;
}

/** Between families: a parent for a product, a place under another one, and out again. */
export function useFamilyItems(product: DataRecord, isParent: boolean): FamilyItems {
  const [dialog, setDialog] = useState<Dialog>(null);
  const tell = useTellChanged();
  const move = useCommand("products.move_to", tell);
  const isVariant = parentOf(product) !== null;
  const close = () => setDialog(null);
  const items = (
    <>
      {!isVariant && !isParent && (
        <Menu.Item
          leftSection={<IconSitemap size={16} />}
          onClick={() => setDialog("make-parent")}
          data-testid="make-parent"
        >
          Make it the first variant of a new product…
        </Menu.Item>
      )}
      {!isParent && (
        <Menu.Item
          leftSection={<IconArrowRight size={16} />}
          onClick={() => setDialog("move")}
          data-testid="move-to-parent"
        >
          {isVariant ? "Move to another product…" : "Make it a variant of another product…"}
        </Menu.Item>
      )}
      {isVariant && (
        <Menu.Item
          leftSection={<IconArrowsSplit size={16} />}
          onClick={() => move.mutate({ variants: [{ id: product.id }], parent: null })}
          data-testid="move-out"
        >
          Make it a product of its own
        </Menu.Item>
      )}
    </>
  );
  return {
    items,
    dialog: (
      <>
        {dialog === "make-parent" && <MakeParentDialog product={product} onClose={close} />}
        {dialog === "move" && <MoveDialog product={product} onClose={close} />}
      </>
    ),
  };
}
