import type { ComponentType, ReactNode } from "react";

import type { DataRecord, Field, Fields, RecordId, Value } from "../../bindings";
import type { GridColumn } from "../../components/grid";
import type { ListedArea } from "./areas";
import type { CustomInputs } from "./form";

/**
 * What a list of records needs besides what the core says of their kind: addresses, words, and what
 * is shown in another way than values of its sort usually are. Fields go by their keys.
 */
export interface RecordList {
  area: ListedArea;
  /** The address of the list, of one record beside it, and of the form for a new one. */
  path: string;
  record: (id: RecordId) => string;
  newRecord: string;
  icon: ComponentType<{ size?: number | string }>;
  /** What the search looks at. */
  searches: string;
  /** What stands where no record is yet: what they are for. */
  about: string;
  filters: readonly RecordFilter[];
  /** How single columns differ from what is usual; null for no column at all. */
  columns: Partial<Record<Field, Partial<GridColumn<DataRecord>> | null>>;
  /** The line under the title of a record, before what every record has. */
  facts?: (record: DataRecord) => ReactNode;
  /** What a new one begins with, besides what every new record of the kind has. */
  given?: Fields;
  /** Controls of the form in the place of the usual ones. */
  inputs?: CustomInputs;
  /** Fields of a record that cannot be changed any more, with why. */
  Locked?: Locked;
  /** What else can be done with a record, as items of its menu. */
  Actions?: ComponentType<{ record: DataRecord }>;
  /** What moving records to the trash means, told before it is done; without, it is done at once. */
  TrashNote?: RecordsNote;
  /** What else goes when records are deleted for good. */
  PurgeNote?: RecordsNote;
  /** Whether records come from files, too. */
  isImported?: boolean;
  /** Tabs of the panel between the form and the history. */
  tabs?: readonly RecordTab[];
}

/** What is to be known of records before something is done with them; `name` is what one alone is called. */
export type RecordsNote = ComponentType<{ ids: RecordId[]; name?: string }>;

/** Finds out which fields of a record cannot be changed any more. */
export type Locked = ComponentType<{
  record: DataRecord;
  children: (locked: Partial<Record<Field, string>>) => ReactNode;
}>;

/** A tab of the panel of a record. */
export interface RecordTab {
  key: string;
  label: string;
  content: (record: DataRecord) => ReactNode;
}

/** What a list can be narrowed by. */
export type RecordFilter = ChoiceRecordFilter | ReferenceRecordFilter;

/** One of a few values of a field. */
export interface ChoiceRecordFilter {
  type: "choice";
  field: Field;
  label: string;
  choices: readonly { value: Value; label: string }[];
}

/** The record that a field names. */
export interface ReferenceRecordFilter {
  type: "reference";
  field: Field;
  label: string;
  /** Where the records are listed that it may name. */
  area: ListedArea;
}
