import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { JournalEntry, Operation, Origin } from "../../bindings";
import { Definition, Definitions } from "../../components/Definitions";
import { Diff } from "../../components/Diff";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { useHost } from "../../host/context";
import { useFields } from "../../host/state";
import { formatAgo, formatMoment } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import classes from "./Panel.module.css";

const OPERATIONS: Record<Operation, string> = {
  create: "created it",
  update: "changed it",
  trash: "moved it to the trash",
  restore: "restored it",
  purge: "deleted it for good",
};

const ORIGINS: Record<Origin, string> = {
  form: "",
  trash: "",
  restore: "",
  purge: "",
  import: "with an import",
  bulk_edit: "with a bulk edit",
  sync: "with a sync",
  undo: "with an undo",
  offline_replay: "while offline",
  practice: "with the practice catalogue",
  people: "",
  settings: "",
  sign_in: "",
};

/** What happened to a product, the latest first. */
export function HistoryTab({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(commandQuery(useHost(), "products.history", { id }));
  if (error) {
    return (
      <ErrorState
        error={error}
        title="The history could not be read"
        onRetry={() => void refetch()}
      />
    );
  }
  if (data?.length === 0) {
    return (
      <EmptyState icon={<IconHistory size={22} />} title="Nothing happened yet">
        Every change of this product will be listed here, with who made it and what it was before.
      </EmptyState>
    );
  }
  return (
    <ol className={classes.history} data-testid="history">
      {data?.map((entry) => (
        <Entry key={`${entry.batchId} ${entry.at}`} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: JournalEntry }) {
  const { byKey } = useFields();
  return (
    <li className={classes.entry}>
      <div className={classes.entryHead}>
        <span>
          <strong>{entry.person || "Backstock"}</strong> {OPERATIONS[entry.operation]}{" "}
          {ORIGINS[entry.origin]}
        </span>
        <Link to={paths.batch(entry.batchId)} title={formatMoment(entry.at)}>
          {formatAgo(entry.at)}
        </Link>
      </div>
      <Definitions>
        {entry.changes.map(({ field, old, new: next }) => (
          <Definition key={field} term={byKey.get(field)?.label ?? field}>
            <Diff
              old={entry.operation === "create" ? null : old}
              new={next}
              kind={byKey.get(field)?.kind ?? "text"}
              tone={entry.operation === "create" ? "create" : "update"}
              isWhole
            />
          </Definition>
        ))}
      </Definitions>
    </li>
  );
}
