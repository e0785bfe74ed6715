import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { type Location, useLocation, useNavigate } from "react-router";

import type { PlanId } from "../../bindings";
import { Page } from "../../components/Page";
import { IMPORT_STEPS, Steps } from "../../components/Steps";
import { useHost } from "../../host/context";
import { useJobs } from "../../host/jobs";
import { placeBefore, placeNow } from "../../lib/historyPlace";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { DraftSkeleton } from "./DraftSkeleton";

/** The plans that were made from drafts, by the page in the window's history. */
const planned = new Map<string, PlanId>();

/** The first page of a window has no key of its own. */
const pageOf = ({ key, search }: Location) => `${key} ${search}`;

/** Remembers which plan a page led to. */
export function rememberPlan(page: Location, plan: PlanId): void {
  planned.set(pageOf(page), plan);
}

interface PassedDraftProps {
  title: string;
  children: ReactNode;
}

/**
 * A page of a draft, unless its plan is being applied or was: then there is nothing to map any more, and back and
 * forward go on to the page behind it. The file is not read for that.
 */
export function PassedDraft({ title, children }: PassedDraftProps) {
  const page = useLocation();
  const [plan] = useState(() => planned.get(pageOf(page)));
  // Told before the frame takes this page for the one that is shown.
  const [step] = useState(() => (placeNow() > placeBefore() ? 1 : -1));
  return plan === undefined ? children : <Asked {...{ plan, step, title }}>{children}</Asked>;
}

interface AskedProps extends PassedDraftProps {
  plan: PlanId;
  /** The way that led here: 1 for forward, -1 for back. */
  step: number;
}

function Asked({ plan, step, title, children }: AskedProps) {
  const query = useQuery({
    ...commandQuery(useHost(), "plans.get", { id: plan }),
    retry: false,
    refetchOnMount: "always",
  });
  const applies = useJobs().some(
    (job) => job.kind === "apply_plan" && job.plan === plan && job.state === "running",
  );
  if (!query.isFetchedAfterMount) return <Nothing title={title} />;
  const isWritten = applies || (query.data !== undefined && query.data.state !== "ready");
  return isWritten ? <PassBy title={title} step={step} /> : children;
}

function Nothing({ title }: { title: string }) {
  return (
    <Page title={title} actions={<Steps steps={IMPORT_STEPS} current={1} />}>
      <DraftSkeleton />
    </Page>
  );
}

/** Goes on the way that led here: back to where the person came from, or forward to the plan. */
function PassBy({ title, step }: Pick<AskedProps, "title" | "step">) {
  const navigate = useNavigate();
  useEffect(() => {
    if (step < 0 && placeNow() === 0) void navigate(paths.imports, { replace: true });
    else void navigate(step);
  }, [navigate, step]);
  return <Nothing title={title} />;
}
