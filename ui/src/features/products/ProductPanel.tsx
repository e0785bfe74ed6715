import { Tabs } from "@mantine/core";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";

import type { ProductDetail } from "../../bindings";
import { DraftNote } from "../../components/DraftFoot";
import { Panel } from "../../components/Panel";
import { Reason } from "../../components/Reason";
import { SaveBar } from "../../components/SaveBar";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { useQuickUndo } from "../../host/undo";
import { toCoreError } from "../../lib/errors";
import { commandQuery } from "../../lib/query";
import { useShortcuts } from "../../lib/shortcuts";
import { textOf } from "../../lib/values";
import { FormSections } from "./form/FormSections";
import { useProductForm, type ProductForm } from "./form/useProductForm";
import { HistoryTab } from "./HistoryTab";
import { usePanel } from "./panel";
import { parentOf } from "./parentOf";
import { ProductFacts } from "./ProductFacts";
import { ProductMenu } from "./ProductMenu";
import classes from "./Panel.module.css";
import { VariantsTab } from "./VariantsTab";

/** One product beside the list. While the next one is read, the one before stays. */
export function ProductPanel() {
  const { id = "" } = useParams();
  const { walk, close } = usePanel();
  const { data, error, refetch } = useQuery({
    ...commandQuery(useHost(), "products.get", { id }),
    placeholderData: keepPreviousData,
  });
  const name = data && textOf(data.product.fields, "name");
  return (
    <Panel
      title={name}
      label={name ?? "Product"}
      subtitle={data && <ProductFacts detail={data} />}
      actions={data && <ProductMenu detail={data} />}
      walk={walk && ((step) => void walk(step))}
      failure={
        error && { error, title: "The product could not be read", retry: () => void refetch() }
      }
      onClose={close}
      testid="product-panel"
    >
      {data && <LoadedProduct key={data.product.id} detail={data} />}
    </Panel>
  );
}

function LoadedProduct({ detail }: { detail: ProductDetail }) {
  const { product, variants } = detail;
  const mayEdit = useMay("edit_products");
  const isReadOnly = !mayEdit || product.trashed;
  const [tab, setTab] = useState<string | null>("details");
  const form = useProductForm({
    id: product.id,
    fields: product.fields,
    version: product.version,
  });
  const { save, isSaving } = useSave(detail, form);
  const open = Object.keys(form.state.conflicts).length;
  useShortcuts({
    "mod+s": save,
    e: () => {
      setTab("details");
      document.querySelector<HTMLElement>("[data-testid=field-name]")?.focus();
    },
  });
  const isParent = variants.length > 0;
  return (
    <>
      <Tabs value={tab} onChange={setTab} classNames={{ root: classes.tabs, panel: classes.tab }}>
        <Tabs.List px={14}>
          <Tabs.Tab value="details">Details</Tabs.Tab>
          {parentOf(product) === null && (
            <Tabs.Tab value="variants" data-testid="tab-variants">
              Variants{isParent ? ` ${variants.length}` : ""}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="history" data-testid="tab-history">
            History
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details" keepMounted>
          {isReadOnly && (
            <div className={classes.reason}>
              <Reason>
                {mayEdit
                  ? "It lies in the trash. Restore it to change it."
                  : "Your role lets you look at products, not change them."}
              </Reason>
            </div>
          )}
          <FormSections
            form={form}
            isReadOnly={isReadOnly}
            {...(isParent ? { locked: PARENT_LOCKS } : {})}
          />
        </Tabs.Panel>
        <Tabs.Panel value="variants">
          <VariantsTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          {tab === "history" && <HistoryTab id={product.id} />}
        </Tabs.Panel>
      </Tabs>
      <SaveBar
        changes={form.touched}
        problems={Object.keys(form.problems).length + open}
        isBlocked={form.isBlocked}
        saving={isSaving}
        onSave={save}
        onDiscard={form.discard}
        note={<DraftNote at={form.restoredAt} />}
      />
    </>
  );
}

const PARENT_LOCKS = { stock: "The sum of its variants. Change the stock of a variant." };

/** Saves the form; what somebody else changed meanwhile comes in first. */
function useSave(detail: ProductDetail, form: ProductForm) {
  const client = useQueryClient();
  const mayUndo = useMay("import");
  const undo = useQuickUndo();
  const { id } = detail.product;
  const update = useCommand("products.update", ({ record, batchId }) => {
    client.setQueryData(["products.get", { id }], { ...detail, product: record });
    form.saved(record.fields, record.version);
    const action =
      batchId !== null && mayUndo
        ? { label: "Undo", onClick: () => void undo(batchId) }
        : undefined;
    showToast(`${textOf(record.fields, "sku")} saved.`, action);
  });
  const save = () => {
    if (form.isBlocked || form.changes.length === 0 || update.isPending) return;
    update.mutate(
      { id, version: form.state.version, changes: form.changes },
      {
        onError: (error) => {
          form.refused(error);
          const core = toCoreError(error);
          // The newer version comes in, and the form shows both values where they differ.
          if (core.code === "conflict") {
            void client.invalidateQueries({ queryKey: ["products.get", { id }] });
          }
          showErrorToast(error);
        },
      },
    );
  };
  return { save, isSaving: update.isPending };
}
