import { paths } from "../../../lib/paths";
import { NewRecord } from "../../records/NewRecord";
import { RecordPanel } from "../../records/RecordPanel";
import { RecordsPage } from "../../records/RecordsPage";
import { SettingsTabs } from "../SettingsTabs";
import { FIELDS } from "./fields";

/** The fields of the workspace's own. */
export function FieldsPage() {
  return <RecordsPage list={FIELDS} tabs={<SettingsTabs current={paths.customFields} />} />;
}

/** One field beside the list. */
export function FieldPanel() {
  return <RecordPanel list={FIELDS} />;
}

/** The form for a new field. */
export function NewField() {
  return <NewRecord list={FIELDS} />;
}
