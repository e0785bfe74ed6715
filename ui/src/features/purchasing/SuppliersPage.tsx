import { NewRecord } from "../records/NewRecord";
import { RecordPanel } from "../records/RecordPanel";
import { RecordsPage } from "../records/RecordsPage";
import { PurchasingTabs } from "./PurchasingTabs";
import { SUPPLIERS } from "./suppliers";

/** Suppliers. */
export function SuppliersPage() {
  return <RecordsPage list={SUPPLIERS} tabs={<PurchasingTabs current={SUPPLIERS.path} />} />;
}

/** One supplier beside the list. */
export function SupplierPanel() {
  return <RecordPanel list={SUPPLIERS} />;
}

/** The form for a new supplier. */
export function NewSupplier() {
  return <NewRecord list={SUPPLIERS} />;
}
