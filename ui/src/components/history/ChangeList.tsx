import type { HistoryEntry } from "../../bindings";
import { Definition, Definitions } from "../Definitions";
import { MoneyOf } from "../RecordMoney";
import { ChangeDiff } from "./ChangeDiff";

interface ChangeListProps {
  entry: HistoryEntry;
  isRuled?: boolean;
  testid?: string;
}

/** The changes of an entry under one another, each in full. */
export function ChangeList({ entry, isRuled = false, testid }: ChangeListProps) {
  return (
    <MoneyOf record={entry}>
      <Definitions isRuled={isRuled} {...(testid === undefined ? {} : { testid })}>
        {entry.changes.map((change) => (
          <Definition key={change.field} term={change.label}>
            <ChangeDiff change={change} operation={entry.operation} isWhole />
          </Definition>
        ))}
      </Definitions>
    </MoneyOf>
  );
}
