import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";

import type { Field, Fields } from "../../bindings";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useUndoAction } from "../../host/undo";
import { toCoreError } from "../../lib/errors";
import { textOf } from "../../lib/values";
import { useSeenArea } from "../records/areas";
import { ReferenceInput } from "../records/form/ReferenceInput";
import { SUPPLIER_PRODUCT } from "./fields";
import classes from "./Links.module.css";

interface AddLinkProps {
  /** The field that is chosen here: the supplier, or the product. */
  field: Field;
  /** The other one. */
  given: Fields;
  label: string;
}

/** Adds a supplier to a product, or a product to a supplier, by its code; the terms come after that. */
export function AddLink({ field, given, label }: AddLinkProps) {
  const { kind } = useSeenArea("supplier_products");
  const undoOf = useUndoAction();
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string>();
  const create = useCommand("supplier_products.create", ({ record, batchId }) => {
    setCode("");
    showToast(`${textOf(record.fields, SUPPLIER_PRODUCT.code)} created.`, undoOf(batchId));
  });
  const info = kind.fields.find(({ key }) => key === field);
  if (!info?.reference) return null;
  const add = () => {
    if (code.trim() === "" || create.isPending) return;
    create.mutate(
      { fields: { ...given, [field]: code.trim() } },
      {
        onError: (error) => {
          const { fields = {}, message } = toCoreError(error);
          const told = fields[field] ?? fields[SUPPLIER_PRODUCT.code];
          setProblem(told ?? message);
          if (told === undefined) showErrorToast(error);
        },
      },
    );
  };
  return (
    <div className={classes.add}>
      <ReferenceInput
        to={info.reference}
        isChild={false}
        label={label}
        placeholder="Code or name"
        value={code}
        error={problem}
        onChange={(typed) => {
          setCode(typed);
          setProblem(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.defaultPrevented) add();
        }}
        data-testid="add-link"
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        onClick={add}
        loading={create.isPending}
        disabled={code.trim() === ""}
        data-testid="add-link-button"
      >
        Add
      </Button>
    </div>
  );
}
