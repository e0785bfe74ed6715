import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";

import type { Fields } from "../../bindings";
import { Panel } from "../../components/Panel";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { useKind } from "../../host/state";
import { blankFields } from "../../lib/kinds";
import { paths } from "../../lib/paths";
import { NewRecordPanel } from "../records/form";
import { usePanel } from "../records/panel";
import { withoutParent } from "./newVariantPath";
import { useSuggestions } from "./form/useSuggestions";
import { variantOf } from "./form/variant";

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
  return <NewProductForm key={parent ?? ""} parent={parent} fields={fields} />;
}

function NewProductForm({ parent, fields }: { parent: string | null; fields: Fields }) {
  const navigate = useNavigate();
  const { search } = useLocation();
  const { close } = usePanel();
  const suggestions = useSuggestions();
  const isVariant = parent !== null;
  return (
    <NewRecordPanel
      kind="product"
      fields={fields}
      subject={parent ?? ""}
      title={isVariant ? "New variant" : "New product"}
      lead={isVariant ? `Of ${parent}` : "SKU and name are needed; the rest can wait."}
      saveLabel={isVariant ? "Create variant" : "Create product"}
      suggestions={suggestions}
      onCreated={({ id }) =>
        void navigate(
          { pathname: paths.product(id), search: withoutParent(search) },
          { replace: true },
        )
      }
      onClose={close}
      testid="product-panel"
      saveTestid="create-product"
    />
  );
}

/** What the form begins with; undefined while it is not known. */
function useFirstFields(parent: string | null) {
  const host = useHost();
  const kind = useKind("product");
  const blank = useMemo(() => (kind === undefined ? {} : blankFields(kind)), [kind]);
  const { data, error, refetch } = useQuery({
    queryKey: ["products.new_variant", parent],
    queryFn: () => firstFields(host, blank, parent ?? ""),
    enabled: parent !== null,
    gcTime: 0,
  });
  const failure = error && {
    error,
    title: "The parent could not be read",
    retry: () => void refetch(),
  };
  return { fields: parent === null ? blank : data, failure };
}

/** A new variant has its parent's values and the option names of its siblings. */
async function firstFields(host: Host, blank: Fields, sku: string): Promise<Fields> {
  const [parent] = await host.call("products.find", { skus: [sku] });
  if (!parent) return { ...blank, parent_sku: sku };
  const { variants } = await host.call("products.get", { id: parent.id });
  const [sibling] = variants;
  if (!sibling) return variantOf(blank, parent.fields, null);
  const { fields } = (await host.call("products.get", { id: sibling.id })).product;
  return variantOf(blank, parent.fields, fields);
}
