import { Anchor } from "@mantine/core";
import { Link } from "react-router";

import type { HistoryEntry } from "../../bindings";
import { Definition, Definitions } from "../../components/Definitions";
import { ChangeList, whoOf } from "../../components/history";
import { useMay } from "../../host/state";
import { formatMoment } from "../../lib/format";
import { originText, PRODUCT_ORIGINS } from "../../lib/origins";
import { paths, recordPath } from "../../lib/paths";
import classes from "./History.module.css";
import { useHistoryPanel } from "./panel";

/** An entry in full: who, when, from where, and each field before and after. */
export function EntryDetails({ entry }: { entry: HistoryEntry }) {
  return (
    <div className={classes.body}>
      <Facts entry={entry} />
      <Changes entry={entry} />
    </div>
  );
}

function Facts({ entry }: { entry: HistoryEntry }) {
  const { narrow } = useHistoryPanel();
  const { personId, batchId, origin, kind, recordId } = entry;
  const record = useRecordPath(entry);
  return (
    <Definitions>
      <Definition term="Who">
        <span>{whoOf(entry)}</span>
        {personId !== null && (
          <Only label="Only this person" onClick={() => narrow({ person: personId })} />
        )}
      </Definition>
      <Definition term="When">{formatMoment(entry.at)}</Definition>
      <Definition term="Origin">
        <span>{originText(entry)}</span>
        {PRODUCT_ORIGINS.includes(origin) && (
          <Anchor component={Link} to={paths.batch(batchId)}>
            Show the batch
          </Anchor>
        )}
        <Only label="Only this batch" onClick={() => narrow({ batch: batchId })} />
      </Definition>
      <Definition term="Record">
        {record === null ? (
          <span>{entry.label}</span>
        ) : (
          <Anchor component={Link} to={record}>
            {entry.label}
          </Anchor>
        )}
        <Only label="Only this record" onClick={() => narrow({ kind, id: recordId })} />
      </Definition>
      <Definition term="Entry">{entry.number}</Definition>
    </Definitions>
  );
}

/** Where the record is shown, when this person may go there and it can still be there. */
function useRecordPath(entry: HistoryEntry): string | null {
  const mayManage = useMay("manage_users");
  const isGone = entry.operation === "purge" || entry.operation === "delete";
  const isClosed = (entry.kind === "user" || entry.kind === "role") && !mayManage;
  return isGone || isClosed ? null : recordPath(entry.kind, entry.recordId);
}

function Only({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Anchor component="button" type="button" fz="xs" onClick={onClick}>
      {label}
    </Anchor>
  );
}

function Changes({ entry }: { entry: HistoryEntry }) {
  if (entry.changes.length === 0) {
    return <p className={classes.quiet}>No field was changed by this.</p>;
  }
  return (
    <section>
      <h3 className={classes.section}>{entry.operation === "create" ? "Began with" : "Changes"}</h3>
      <ChangeList entry={entry} isRuled testid="entry-changes" />
    </section>
  );
}
