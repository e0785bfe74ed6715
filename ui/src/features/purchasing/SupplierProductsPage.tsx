import { NewRecord } from "../records/NewRecord";
import { RecordPanel } from "../records/RecordPanel";
import { RecordsPage } from "../records/RecordsPage";
import { PurchasingTabs } from "./PurchasingTabs";
import { SUPPLIER_PRODUCTS } from "./supplierProducts";

/** Supplier products. */
export function SupplierProductsPage() {
  return (
    <RecordsPage
      list={SUPPLIER_PRODUCTS}
      tabs={<PurchasingTabs current={SUPPLIER_PRODUCTS.path} />}
    />
  );
}

/** One supplier product beside the list. */
export function SupplierProductPanel() {
  return <RecordPanel list={SUPPLIER_PRODUCTS} />;
}

/** The form for a new supplier product. */
export function NewSupplierProduct() {
  return <NewRecord list={SUPPLIER_PRODUCTS} />;
}
