/** Entries of the history as every list and panel draws them. */
export { ChangeList } from "./ChangeList";
export { CHANGES_COLUMN, OPERATION_COLUMN, RECORD_COLUMN } from "./columns";
export { whoOf } from "./who";
