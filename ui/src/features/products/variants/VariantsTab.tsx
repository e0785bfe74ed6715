import { Button } from "@mantine/core";
import { IconPencil, IconPhoto, IconPlus, IconTable, IconVersions } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router";

import type { ProductDetail, VariantList } from "../../../bindings";
import { EmptyState } from "../../../components/EmptyState";
import { ErrorState } from "../../../components/ErrorState";
import { useHost } from "../../../host/context";
import { useMay } from "../../../host/state";
import { commandQuery } from "../../../lib/query";
import { textOf } from "../../../lib/values";
import { newVariantPath } from "../newVariantPath";
import { GenerateDialog } from "./GenerateDialog";
import { OptionPicturesDialog } from "./OptionPicturesDialog";
import { RenameDialog } from "./RenameDialog";
import { VariantGrid } from "./VariantGrid";
import classes from "./Variants.module.css";

/** The variants of a product: a table that is typed into, and what is done with a family as a whole. */
export function VariantsTab({ detail: { product } }: { detail: ProductDetail }) {
  const mayEdit = useMay("edit_products") && !product.trashed;
  const [dialog, setDialog] = useState<"generate" | "rename" | "pictures" | null>(null);
  const { data, error, refetch } = useQuery({
    ...commandQuery(useHost(), "products.variants", { id: product.id }),
    placeholderData: keepPreviousData,
  });
  if (error) {
    const retry = () => void refetch();
    return <ErrorState error={error} title="The variants could not be read" onRetry={retry} />;
  }
  if (data === undefined) return null;
  const close = () => setDialog(null);
  return (
    <div className={classes.tab}>
      {data.variants.length === 0 ? (
        <EmptyState
          icon={<IconVersions size={22} />}
          title="No variants"
          actions={mayEdit && <Ways product={product} onGenerate={() => setDialog("generate")} />}
        >
          Sizes or colours of one product are variants: each with its own SKU, price and stock.
        </EmptyState>
      ) : (
        <VariantGrid
          parent={product.id}
          list={data}
          isReadOnly={!mayEdit}
          actions={
            mayEdit && (
              <>
                <Ways product={product} onGenerate={() => setDialog("generate")} />
                <RenameButton list={data} onClick={() => setDialog("rename")} />
                <PicturesButton list={data} onClick={() => setDialog("pictures")} />
              </>
            )
          }
        />
      )}
      {dialog === "generate" && <GenerateDialog product={product} list={data} onClose={close} />}
      {dialog === "pictures" && (
        <OptionPicturesDialog product={product} list={data} onClose={close} />
      )}
      {dialog === "rename" && <RenameDialog product={product} list={data} onClose={close} />}
    </div>
  );
}

interface WaysProps {
  product: ProductDetail["product"];
  onGenerate: () => void;
}

function Ways({ product, onGenerate }: WaysProps) {
  const navigate = useNavigate();
  const { search } = useLocation();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTable size={16} />}
        onClick={onGenerate}
        data-testid="generate-variants"
      >
        Generate…
      </Button>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        onClick={() => void navigate(newVariantPath(textOf(product.fields, "sku"), search))}
        data-testid="add-variant"
      >
        Add variant
      </Button>
    </>
  );
}

function RenameButton({ list, onClick }: { list: VariantList; onClick: () => void }) {
  if (list.options.length === 0) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconPencil size={16} />}
      onClick={onClick}
      data-testid="rename-options"
    >
      Options…
    </Button>
  );
}

function PicturesButton({ list, onClick }: { list: VariantList; onClick: () => void }) {
  if (list.options.length === 0) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconPhoto size={16} />}
      onClick={onClick}
      data-testid="option-pictures-open"
    >
      Pictures…
    </Button>
  );
}
