import { Anchor, Button, Skeleton } from "@mantine/core";
import { IconFileOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import type { Batch } from "../../bindings";
import { BatchFacts } from "../../components/BatchFacts";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Page } from "../../components/Page";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import { formatDuration, formatMoment } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import classes from "./Batches.module.css";
import { BatchActions } from "./BatchActions";
import { BatchStateBadge } from "./BatchStateBadge";
import { personOf } from "./columns";
import { EntryGrid } from "./EntryGrid";

/** While a batch is being written it is asked for now and then. */
const ASK_MS = 2000;

/** A batch: what it did as a whole, and record by record. */
export function BatchPage() {
  const { id = "" } = useParams();
  const mayUndo = useMay("import");
  const query = useQuery({
    ...commandQuery(useHost(), "batches.get", { id }),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? ASK_MS : false),
  });
  const batch = query.data;
  if (!batch) return <Missing error={query.error} retry={() => void query.refetch()} />;
  return (
    <Page title={batch.title} actions={mayUndo && <BatchActions batch={batch} />} scroll={false}>
      <Summary batch={batch} />
      <EntryGrid key={id} batch={batch} />
    </Page>
  );
}

/** What takes less is not worth telling. */
const A_SECOND = 1000;

function Summary({ batch }: { batch: Batch }) {
  const { startedAt, finishedAt, undoneBy, undoOf } = batch;
  return (
    <section className={classes.summary} aria-label="Summary" data-testid="batch-summary">
      <p className={classes.line}>
        <BatchStateBadge batch={batch} />
        <span>
          {personOf(batch)}, {formatMoment(startedAt)}
          {finishedAt !== null &&
            finishedAt - startedAt >= A_SECOND &&
            ` in ${formatDuration(finishedAt - startedAt)}`}
        </span>
        {undoneBy !== null && (
          <Anchor component={Link} to={paths.batch(undoneBy)} data-testid="batch-undone-by">
            Show the undo
          </Anchor>
        )}
        {undoOf !== null && (
          <Anchor component={Link} to={paths.batch(undoOf)}>
            Show what it undid
          </Anchor>
        )}
      </p>
      <BatchFacts batch={batch} />
    </section>
  );
}

function Missing({ error, retry }: { error: unknown; retry: () => void }) {
  const back = (
    <Button component={Link} to={paths.imports} variant="default">
      Show imports
    </Button>
  );
  return (
    <Page title="Changes" scroll={false}>
      {error === null ? (
        <div className={classes.skeleton} role="status" aria-busy aria-label="Reading the changes">
          <Skeleton height={40} />
        </div>
      ) : toCoreError(error).code === "not_found" ? (
        <EmptyState
          icon={<IconFileOff size={22} />}
          title="There is no such change"
          actions={back}
        />
      ) : (
        <ErrorState
          error={error}
          title="The changes could not be read"
          onRetry={retry}
          actions={back}
        />
      )}
    </Page>
  );
}
