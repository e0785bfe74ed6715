import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useHost } from "../../host/context";
import { useFields } from "../../host/state";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { useShortcuts } from "../../lib/shortcuts";
import { blankFields } from "../../lib/values";
import { FormSections } from "./form/FormSections";
import { editedFields } from "./form/state";
import { useProductForm } from "./form/useProductForm";
import { usePanel } from "./panel";
import classes from "./Panel.module.css";
import { PanelFrame } from "./PanelFrame";

/** The form for a product that does not exist yet, or for a variant of one that does. */
export function NewProduct() {
  const [params] = useSearchParams();
  const parent = params.get("parent");
  return <NewProductForm key={parent ?? ""} parent={parent} />;
}

function NewProductForm({ parent }: { parent: string | null }) {
  const { list } = useFields();
  const navigate = useNavigate();
  const { close } = usePanel();
  const blank = useMemo(() => ({ ...blankFields(), parent_sku: parent }), [parent]);
  const form = useProductForm({ id: null, fields: blank, version: 0 });
  const create = useCommand("products.create", ({ product }) => {
    form.saved(blank, 0);
    showToast(`${product.fields.sku ?? "Product"} created.`);
    void navigate(paths.product(product.id), { replace: true });
  });
  useOptionNames(parent, form);
  const hasProblems = Object.keys(form.problems).length > 0;
  const fields = editedFields(form.state, list);
  const canCreate = fields.sku !== null && fields.name !== null && !hasProblems;
  const save = () => {
    if (!canCreate || create.isPending) return;
    create.mutate(
      { fields },
      {
        onError: (error) => {
          form.refused(error);
          showErrorToast(error);
        },
      },
    );
  };
  useShortcuts({ "mod+s": save });
  useEffect(() => {
    document.querySelector<HTMLElement>("[data-testid=field-name]")?.focus();
  }, []);
  return (
    <PanelFrame label="New product" onClose={close}>
      <header className={classes.header}>
        <div className={classes.titles}>
          <h2 className={classes.title}>{parent === null ? "New product" : "New variant"}</h2>
          <div className={classes.subtitle}>
            {parent === null ? "SKU and name are needed; the rest can wait." : `Of ${parent}`}
          </div>
        </div>
        <ActionIcon aria-label="Close" onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={classes.tab}>
        <FormSections form={form} isReadOnly={false} />
      </div>
      <footer className={classes.foot}>
        {form.isRestored && <span className={classes.note}>Kept from before</span>}
        <span className={classes.gap} />
        {form.touched > 0 && (
          <Button variant="default" onClick={form.discard}>
            Discard
          </Button>
        )}
        <Button
          onClick={save}
          loading={create.isPending}
          disabled={!canCreate}
          rightSection={<span className={classes.key}>Ctrl S</span>}
          data-testid="create-product"
        >
          {parent === null ? "Create product" : "Create variant"}
        </Button>
      </footer>
    </PanelFrame>
  );
}

/** A new variant starts with the option names of its siblings. */
function useOptionNames(parent: string | null, form: ReturnType<typeof useProductForm>): void {
  const host = useHost();
  const { byKey } = useFields();
  const { data: siblings } = useQuery({
    ...commandQuery(host, "products.list", {
      filter: { search: parent ?? "", family: "variants" },
      sort: "sku",
      descending: false,
      offset: 0,
      limit: 1,
    }),
    enabled: parent !== null,
  });
  const sibling = siblings?.rows.find((row) => row.parentSku === parent)?.id;
  const { data: detail } = useQuery({
    ...commandQuery(host, "products.get", { id: sibling ?? "" }),
    enabled: sibling !== undefined,
  });
  const { type } = form;
  useEffect(() => {
    for (const key of ["option1_name", "option2_name", "option3_name"] as const) {
      const name = detail?.product.fields[key];
      const info = byKey.get(key);
      if (name && info) type(info, name);
    }
  }, [detail, byKey, type]);
}
