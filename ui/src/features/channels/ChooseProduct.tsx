import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import type { ListingInfo, RecordId } from "../../bindings";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { useHost } from "../../host/context";
import { CommandError } from "../../lib/errors";
import { ReferenceInput } from "../records/form/ReferenceInput";
import { nameOf } from "./ListingTitle";

interface ChooseProductProps {
  listing: ListingInfo;
  onChosen: (product: RecordId) => void;
  onClose: () => void;
}

/** Says which product of ours a listing is, by its SKU, which is found by SKU or name. */
export function ChooseProduct({ listing, onChosen, onClose }: ChooseProductProps) {
  const host = useHost();
  const [sku, setSku] = useState(listing.record?.sku ?? "");
  const name = nameOf(listing);
  const choose = useMutation({
    mutationFn: async () => {
      const [product] = await host.call("products.find", { skus: [sku.trim()] });
      if (product === undefined || product.trashed) {
        throw new CommandError({
          code: "not_found",
          message: `There is no product ${sku.trim()}.`,
          hint: "Choose one from the list.",
        });
      }
      return product.id;
    },
    onSuccess: onChosen,
  });
  return (
    <ConfirmDialog
      opened
      title={`Which product is ${name}?`}
      confirmLabel="Link"
      busy={choose.isPending}
      isBlocked={sku.trim() === ""}
      error={choose.error}
      onConfirm={() => choose.mutate()}
      onClose={onClose}
    >
      <ReferenceInput
        to="product"
        isChild={false}
        label="Product"
        placeholder="SKU or name"
        value={sku}
        onChange={(typed) => {
          setSku(typed);
          choose.reset();
        }}
        mb={12}
        data-testid="choose-product"
      />
    </ConfirmDialog>
  );
}
