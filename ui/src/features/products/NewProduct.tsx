import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { DraftFoot } from "../../components/DraftFoot";
import { NewPanel } from "../../components/NewPanel";
import { Panel } from "../../components/Panel";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import type { Fields } from "../../bindings";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { useFields } from "../../host/state";
import { paths } from "../../lib/paths";
import { blankFields, textOf } from "../../lib/values";
import { FormSections } from "./form/FormSections";
import { editedFields } from "./form/state";
import { useProductForm } from "./form/useProductForm";
import { variantOf } from "./form/variant";
import { usePanel } from "./panel";
import classes from "./Panel.module.css";

/** The form for a product that does not exist yet, or for a variant of one that does. */
export function NewProduct() {
  const [params] = useSearchParams();
  const { close } = usePanel();
  const parent = params.get("parent");
  const { fields, failure } = useFirstFields(parent);
  // A form that began without its parent's values would take them for another person's change later.
  if (fields === undefined) {
    return (
      <Panel
        title={undefined}
        label="New variant"
        failure={failure}
        onClose={close}
        testid="product-panel"
      />
    );
  }
  return <NewProductForm key={parent ?? ""} parent={parent} blank={fields} />;
}

interface NewProductFormProps {
  parent: string | null;
  blank: Fields;
}

function NewProductForm({ parent, blank }: NewProductFormProps) {
  const { list } = useFields();
  const navigate = useNavigate();
  const { close } = usePanel();
  const form = useProductForm({ id: null, fields: blank, version: 0 });
  const create = useCommand("products.create", ({ record }) => {
    form.saved(blank, 0);
    showToast(`${textOf(record.fields, "sku")} created.`);
    void navigate(paths.product(record.id), { replace: true });
  });
  const fields = editedFields(form.state, list);
  const canCreate =
    textOf(fields, "sku") !== "" && textOf(fields, "name") !== "" && !form.isBlocked;
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
          restoredAt={form.restoredAt}
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

const BLANK = blankFields();

/** What the form begins with; undefined while it is not known. */
function useFirstFields(parent: string | null) {
  const host = useHost();
  const { data, error, refetch } = useQuery({
    queryKey: ["products.new_variant", parent],
    queryFn: () => firstFields(host, parent ?? ""),
    enabled: parent !== null,
    gcTime: 0,
  });
  const failure = error && {
    error,
    title: "The parent could not be read",
    retry: () => void refetch(),
  };
  return { fields: parent === null ? BLANK : data, failure };
}

/** A new variant has its parent's values and the option names of its siblings. */
async function firstFields(host: Host, sku: string): Promise<Fields> {
  const [parent] = await host.call("products.find", { skus: [sku] });
  if (!parent) return { ...BLANK, parent_sku: sku };
  const { variants } = await host.call("products.get", { id: parent.id });
  const [sibling] = variants;
  if (!sibling) return variantOf(parent.fields, null);
  const { fields } = (await host.call("products.get", { id: sibling.id })).product;
  return variantOf(parent.fields, fields);
}
