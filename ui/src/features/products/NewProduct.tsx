import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { DraftFoot } from "../../components/DraftFoot";
import { NewPanel } from "../../components/NewPanel";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import type { Fields } from "../../bindings";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { useFields } from "../../host/state";
import { paths } from "../../lib/paths";
import { blankFields } from "../../lib/values";
import { FormSections } from "./form/FormSections";
import { editedFields } from "./form/state";
import { useProductForm } from "./form/useProductForm";
import { usePanel } from "./panel";
import classes from "../../components/Panel.module.css";

/** The form for a product that does not exist yet, or for a variant of one that does. */
export function NewProduct() {
  const [params] = useSearchParams();
  const parent = params.get("parent");
  const names = useOptionNames(parent);
  // A form that began without the names would take them for somebody else's change later.
  if (names === undefined) return null;
  return <NewProductForm key={parent ?? ""} parent={parent} names={names} />;
}

interface NewProductFormProps {
  parent: string | null;
  names: OptionNames;
}

function NewProductForm({ parent, names }: NewProductFormProps) {
  const { list } = useFields();
  const navigate = useNavigate();
  const { close } = usePanel();
  const blank = useMemo(
    () => ({ ...blankFields(), ...names, parent_sku: parent }),
    [parent, names],
  );
  const form = useProductForm({ id: null, fields: blank, version: 0 });
  const create = useCommand("products.create", ({ product }) => {
    form.saved(blank, 0);
    showToast(`${product.fields.sku ?? "Product"} created.`);
    void navigate(paths.product(product.id), { replace: true });
  });
  const fields = editedFields(form.state, list);
  const canCreate = fields.sku !== null && fields.name !== null && !form.isBlocked;
  const save = () =>
    create.mutate(
      { fields },
      {
        onError: (error) => {
          form.refused(error);
          showErrorToast(error);
        },
      },
    );
  useEffect(() => {
    document.querySelector<HTMLElement>("[data-testid=field-name]")?.focus();
  }, []);
  return (
    <NewPanel
      title={parent === null ? "New product" : "New variant"}
      lead={parent === null ? "SKU and name are needed; the rest can wait." : `Of ${parent}`}
      foot={
        <DraftFoot
          isTouched={form.touched > 0}
          isRestored={form.isRestored}
          problems={Object.keys(form.problems).length}
          onDiscard={form.discard}
        />
      }
      saveLabel={parent === null ? "Create product" : "Create variant"}
      onSave={save}
      onClose={close}
      isSaving={create.isPending}
      isBlocked={!canCreate}
      testid="product-panel"
      saveTestid="create-product"
    >
      <div className={classes.tab}>
        <FormSections form={form} isReadOnly={false} />
      </div>
    </NewPanel>
  );
}

type OptionNames = Partial<Pick<Fields, "option1_name" | "option2_name" | "option3_name">>;

const NO_NAMES: OptionNames = {};

/** A new variant starts with the option names of its siblings; undefined while they are not known. */
function useOptionNames(parent: string | null): OptionNames | undefined {
  const host = useHost();
  const { data, isError } = useQuery({
    queryKey: ["products.option_names", parent],
    queryFn: () => siblingNames(host, parent ?? ""),
    enabled: parent !== null,
    gcTime: 0,
  });
  return parent === null || isError ? NO_NAMES : data;
}

async function siblingNames(host: Host, parent: string): Promise<OptionNames> {
  const { rows } = await host.call("products.list", {
    filter: { search: parent, family: "variants" },
    sort: "sku",
    descending: false,
    offset: 0,
    limit: 50,
  });
  const sibling = rows.find((row) => row.parentSku === parent);
  if (!sibling) return NO_NAMES;
  const { fields } = (await host.call("products.get", { id: sibling.id })).product;
  const { option1_name, option2_name, option3_name } = fields;
  return { option1_name, option2_name, option3_name };
}
