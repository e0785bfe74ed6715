import { Tabs } from "@mantine/core";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";

import type { ProductDetail } from "../../bindings";
import { Panel } from "../../components/Panel";
import { Reason } from "../../components/Reason";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { useLate } from "../../lib/useLate";
import { useShortcuts } from "../../lib/shortcuts";
import { textOf } from "../../lib/values";
import { ProductChannels } from "../channels/ProductChannels";
import { SuppliersTab } from "../purchasing/SuppliersTab";
import {
  focusFirstField,
  RecordFields,
  RecordSaveBar,
  useReadOnly,
  useRecordForm,
  useSaveRecord,
} from "../records/form";
import { HistoryTab } from "../records/HistoryTab";
import { usePanel } from "../records/panel";
import { useSuggestions } from "./form/useSuggestions";
import { parentOf } from "./parentOf";
import { ProductFacts } from "./ProductFacts";
import { ProductMenu } from "./ProductMenu";
import classes from "./Panel.module.css";
import { VariantsTab } from "./variants/VariantsTab";

/** One product beside the list. The one before stays for a moment while the next is read. */
export function ProductPanel() {
  const { id = "" } = useParams();
  const { walk, close } = usePanel();
  const {
    data: read,
    error,
    refetch,
    isPlaceholderData,
  } = useQuery({
    ...commandQuery(useHost(), "products.get", { id }),
    placeholderData: keepPreviousData,
  });
  const data = useLate(isPlaceholderData) ? undefined : read;
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
  const { id, fields, version } = product;
  const client = useQueryClient();
  const reason = useReadOnly(product);
  const [tab, setTab] = useState<string | null>("details");
  const form = useRecordForm({ kind: "product", id, fields, version });
  const suggestions = useSuggestions();
  const { save, isSaving } = useSaveRecord(form, (saved) =>
    client.setQueryData(["products.get", { id }], { ...detail, product: saved }),
  );
  useShortcuts({
    "mod+s": save,
    e: () => {
      setTab("details");
      focusFirstField();
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
          <Tabs.Tab value="suppliers" data-testid="tab-suppliers">
            Suppliers
          </Tabs.Tab>
          <Tabs.Tab value="history" data-testid="tab-history">
            History
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details" keepMounted>
          {reason !== null && (
            <div className={classes.reason}>
              <Reason>{reason}</Reason>
            </div>
          )}
          <ProductChannels product={product} variants={variants.map((each) => each.id)} />
          <RecordFields
            form={form}
            isReadOnly={reason !== null}
            suggestions={suggestions}
            {...(isParent ? { locked: PARENT_LOCKS } : {})}
          />
        </Tabs.Panel>
        <Tabs.Panel value="variants">
          {tab === "variants" && <VariantsTab detail={detail} />}
        </Tabs.Panel>
        <Tabs.Panel value="suppliers">
          {tab === "suppliers" && <SuppliersTab product={product} />}
        </Tabs.Panel>
        <Tabs.Panel value="history">
          {tab === "history" && <HistoryTab area="products" id={product.id} />}
        </Tabs.Panel>
      </Tabs>
      <RecordSaveBar form={form} isSaving={isSaving} onSave={save} />
    </>
  );
}

const PARENT_LOCKS = { stock: "The sum of its variants. Change the stock of a variant." };
