import { Button } from "@mantine/core";
import { IconFileOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearchParams } from "react-router";

import type { JobStatus, PlanId } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { Page } from "../../components/Page";
import { useHost } from "../../host/context";
import { useWatchedJob } from "../../host/watchJob";
import { toCoreError } from "../../lib/errors";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { Planning, PlanningStopped } from "./Planning";
import { Review } from "./Review";
import { ReviewSkeleton } from "./ReviewSkeleton";

/** While a plan is applied it is asked for now and then, in case the news of its end get lost. */
const ASK_MS = 2000;

/** A plan: first the run that makes it, then its review, then what applying it did. */
export function PlanPage() {
  const { id = "" } = useParams();
  const [params] = useSearchParams();
  const asked = params.get("job");
  const { job, isGone } = useWatchedJob(asked === null ? null : Number(asked));
  const planning = job && job.kind !== "apply_plan" ? job : undefined;
  if (asked !== null && !job && !isGone) return <Waiting />;
  if (planning?.state === "running") return <Planning job={planning} />;
  if (planning && planning.state !== "done") return <PlanningStopped job={planning} />;
  return <StoredPlan key={id} id={id} job={planning} />;
}

function Waiting() {
  return (
    <Page title="Review" scroll={false}>
      <ReviewSkeleton />
    </Page>
  );
}

function StoredPlan({ id, job }: { id: PlanId; job: JobStatus | undefined }) {
  const query = useQuery({
    ...commandQuery(useHost(), "plans.get", { id }),
    refetchInterval: ({ state }) => (state.data?.state === "applying" ? ASK_MS : false),
  });
  if (query.data) return <Review plan={query.data} />;
  if (!query.error) return <Waiting />;
  const imports = (
    <Button component={Link} to={paths.imports} variant="default">
      Show imports
    </Button>
  );
  return (
    <Page title={job?.kind === "plan_import" ? `Review ${job.label}` : "Review"}>
      {toCoreError(query.error).code === "not_found" ? (
        <EmptyState
          icon={<IconFileOff size={22} />}
          title="This plan is not there any more"
          actions={imports}
        >
          It was cancelled, or made before the app was started again. Nothing was changed by it:
          import the file again, or undo the batch again, to get a new one.
        </EmptyState>
      ) : (
        <ErrorState
          error={query.error}
          title="The plan could not be read"
          onRetry={() => void query.refetch()}
          actions={imports}
        />
      )}
    </Page>
  );
}
