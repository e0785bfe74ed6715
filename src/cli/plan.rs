//! What an import and an undo share: look at the plan, ask, apply it, tell what became of it.

use std::path::Path;

use backstock::commands::batches::GetBatch;
use backstock::commands::imports::Started;
use backstock::commands::plans::{
    ListPlanRows, PlanRows, PlanSummary, PlanUndo, SaveRejects, SelectPlan, Written,
};
use backstock::error::{Code, Error, Result};
use backstock::plan::{Batch, BatchCounts, BatchState, Counts, Outcome, PlannedRecord};
use backstock::values::{BatchId, PlanId};

use super::args::Undo;
use super::output::{Ended, Failure, ask, can_ask, note, usage};
use super::session::{Session, unfinished};
use super::told::{self, Told};

/// Refuses at once when nobody could say yes later.
pub fn can_confirm(decided: bool, as_json: bool) -> Result<(), Failure> {
    if decided || (can_ask() && !as_json) {
        return Ok(());
    }
    Err(usage(
        "Nobody is there to confirm the changes.",
        "Add --yes to apply them, or --dry-run to look only.",
    ))
}

/// What is done with a plan once it is made.
pub struct Wish<'a> {
    /// Look only.
    pub dry_run: bool,
    /// Apply without asking.
    pub yes: bool,
    /// Where the rejected rows go.
    pub rejects: Option<&'a Path>,
}

/// `backstock undo`.
pub async fn undo(session: &Session, args: &Undo) -> Result<Ended, Failure> {
    let batch_id: BatchId = args.batch.parse().map_err(Failure::Usage)?;
    let started: Started = session.call("plans.undo", &PlanUndo { batch_id }).await?;
    let planned = session.finish(&started).await?;
    let id = planned.plan.or(started.plan);
    let id = id.ok_or_else(|| Error::internal("The job has made no plan."))?;
    let wish = Wish {
        dry_run: args.dry_run,
        yes: args.yes,
        rejects: None,
    };
    let ended = carry_out(session, id, &wish).await;
    clear(session, id).await;
    ended
}

/// Clears a plan away: what was applied is in the journal, and nobody comes back to the rest.
pub async fn clear(session: &Session, id: PlanId) {
    let request = SelectPlan { id };
    // What is left of it is scratch data; that it is in the way of nothing is worth no failure.
    session.call::<_, ()>("plans.discard", &request).await.ok();
}

/// Shows a plan, and applies it when that is wished.
pub async fn carry_out(session: &Session, id: PlanId, wish: &Wish<'_>) -> Result<Ended, Failure> {
    let plan: PlanSummary = session.call("plans.get", &SelectPlan { id }).await?;
    for warning in &plan.warnings {
        note(&format!("warning: {}", told::describe(warning)));
    }
    let planned = planned_counts(&plan.counts);
    let look_only = wish.dry_run || plan.counts.applied() == 0;
    if !look_only && !wish.yes {
        note(told::sentence(&planned, true, plan.undo_of.is_some()).trim_end());
        if !ask(&format!("Apply {} changes?", plan.counts.applied())) {
            return Err(Error::new(Code::Cancelled, "Nothing was changed.").into());
        }
    }
    let batch = if look_only {
        None
    } else {
        Some(apply(session, id).await?)
    };
    let told = Told {
        counts: batch.as_ref().map_or(planned, |batch| batch.counts),
        batch: batch.as_ref().map(|batch| batch.id),
        interrupted: batch.is_some_and(|batch| batch.state == BatchState::Cancelled),
        rejects: save_rejects(session, id, wish.rejects).await?,
        left: left(session, id).await?,
        dry_run: wish.dry_run,
        plan,
    };
    Ok(told.ended())
}

/// The records that were rejected or kept, the first ones of each.
async fn left(session: &Session, id: PlanId) -> Result<Vec<PlannedRecord>> {
    let mut left = Vec::new();
    for outcome in [Outcome::Error, Outcome::Conflict] {
        let request = ListPlanRows {
            id,
            outcome: Some(outcome),
            search: None,
            offset: 0,
            limit: 100,
        };
        let page: PlanRows = session.call("plans.rows", &request).await?;
        left.extend(page.rows);
    }
    Ok(left)
}

/// Applies a plan, all of it or until it was interrupted. When it fails half-way, what was done until
/// then is told before the error.
async fn apply(session: &Session, id: PlanId) -> Result<Batch> {
    let started: Started = session.call("plans.apply", &SelectPlan { id }).await?;
    let ended = session.wait(&started).await?;
    let Some(id) = ended.batch else {
        let nothing = Error::internal("The plan was applied without a batch.");
        return Err(unfinished(&ended).unwrap_or(nothing));
    };
    let batch: Batch = session.call("batches.get", &GetBatch { id }).await?;
    match ended.error {
        Some(error) => {
            let done = told::sentence(&batch.counts, false, batch.undo_of.is_some());
            note(&format!("{done}{}", told::way_back(id)));
            Err(error)
        }
        None => Ok(batch),
    }
}

async fn save_rejects(
    session: &Session,
    id: PlanId,
    path: Option<&Path>,
) -> Result<Option<Written>> {
    let Some(path) = path else {
        return Ok(None);
    };
    let file = session.grant(path).token;
    let request = SaveRejects { id, file };
    session.call("plans.save_rejects", &request).await.map(Some)
}

/// What a plan would do, in the counts of a batch.
fn planned_counts(counts: &Counts) -> BatchCounts {
    BatchCounts {
        read: counts.read(),
        created: counts.create,
        updated: counts.update,
        unchanged: counts.unchanged,
        skipped: counts.skipped,
        kept: counts.conflict,
        rejected: counts.error,
        not_reached: 0,
        implied: counts.implied,
    }
}
