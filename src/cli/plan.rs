//! What an import and an undo share: look at the plan, ask, apply it, tell what became of it.

use std::path::Path;

use backstock::commands::batches::GetBatch;
use backstock::commands::jobs::Started;
use backstock::commands::plans::{
    ListPlanRows, PlanRows, PlanSummary, PlanUndo, ResolvePlan, SaveRejects, SelectPlan, Written,
};
use backstock::jobs::PlanState;
use domain::error::{Code, Error, Result};
use domain::plan::{
    Batch, BatchCounts, BatchState, Counts, Mark, Outcome, PlannedRecord, Resolution, When,
};
use domain::values::{BatchId, PlanId};

use super::args::Undo;
use super::file_read::FileRead;
use super::import_args::Conflicts;
use super::output::{Ended, Failure, ask, can_ask, note, usage};
use super::session::{Session, unfinished};
use super::told::{self, Told};

/// Refuses at once when no user could say yes later.
pub fn can_confirm(decided: bool, as_json: bool) -> Result<(), Failure> {
    if decided || (can_ask() && !as_json) {
        return Ok(());
    }
    Err(usage(
        "No user is there to confirm the changes.",
        "Add --yes to apply them, or --dry-run to look only.",
    ))
}

/// What is done with a plan once it is made.
pub struct Wish<'a> {
    /// Look only.
    pub dry_run: bool,
    /// Apply without asking.
    pub yes: bool,
    /// What becomes of what another user changed too.
    pub conflicts: Conflicts,
    /// Where the rejected rows go.
    pub rejects: Option<&'a Path>,
    /// How the file was understood that the plan was made of.
    pub read: Option<FileRead>,
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
        conflicts: args.conflicts,
        rejects: None,
        read: None,
    };
    let ended = carry_out(session, id, wish).await;
    clear(session, id).await;
    ended
}

/// Clears a plan away: what was applied is in the journal. One of which a part is not applied yet stays, so
/// that the rest can follow.
pub async fn clear(session: &Session, id: PlanId) {
    let request = SelectPlan { id };
    let plan = session.call::<_, PlanSummary>("plans.get", &request).await;
    if plan.is_ok_and(|plan| plan.outline.state == PlanState::Interrupted) {
        note(&format!(
            "The rest is kept. Apply it in the window, or with: backstock call plans.apply \
             '{{\"id\":\"{id}\"}}'"
        ));
        return;
    }
    // What is left of it is scratch data; that it is in the way of nothing is worth no failure.
    session.call::<_, ()>("plans.discard", &request).await.ok();
}

/// Shows a plan, and applies it when that is wished.
pub async fn carry_out(
    session: &Session,
    id: PlanId,
    mut wish: Wish<'_>,
) -> Result<Ended, Failure> {
    let mut plan: PlanSummary = session.call("plans.get", &SelectPlan { id }).await?;
    for warning in &plan.outline.warnings {
        note(&format!("warning: {}", told::describe(warning)));
    }
    if let Some(read) = &mut wish.read {
        let (noted, has_more) = noted(session, id).await?;
        read.note_rows(noted, has_more);
        read.tell_rows();
    }
    // An undo knows its conflicts before it is applied.
    plan = decide(session, plan, wish.conflicts).await?;
    let planned = plan.outline.counts;
    let mut counts = planned_counts(&planned);
    let look_only = wish.dry_run || planned.applied() == 0;
    if !look_only && !wish.yes {
        note(told::sentence(&counts, plan.outline.origin, When::Planned).trim_end());
        let question = match planned.applied() {
            1 => "Apply 1 change?".to_owned(),
            many => format!("Apply {many} changes?"),
        };
        if !ask(&question) {
            return Err(Error::new(Code::Cancelled, "Nothing was changed.").into());
        }
    }
    let (mut batches, mut interrupted) = (Vec::new(), false);
    if !look_only {
        let applied = apply(session, id).await?;
        counts = applied.counts;
        interrupted = applied.state == BatchState::Cancelled;
        batches.push(applied.id);
        plan = session.call("plans.get", &SelectPlan { id }).await?;
        plan = decide(session, plan, wish.conflicts).await?;
        if plan.outline.counts.taken > 0 && !interrupted {
            let taken = apply(session, id).await?;
            counts = together(counts, &taken.counts);
            interrupted = taken.state == BatchState::Cancelled;
            batches.push(taken.id);
        }
    }
    let mut told = Told {
        counts,
        batches,
        interrupted,
        rejects: None,
        left: left(session, id).await?,
        dry_run: wish.dry_run,
        read: wish.read,
        plan,
    };
    match save_rejects(session, id, wish.rejects).await {
        Ok(rejects) => told.rejects = rejects,
        Err(error) => {
            // What was applied is told all the same, before the error.
            note(told.text().trim_end());
            return Err(error.into());
        }
    }
    Ok(told.ended())
}

/// Takes all conflicts that can be taken, when that is wished.
async fn decide(session: &Session, plan: PlanSummary, wish: Conflicts) -> Result<PlanSummary> {
    if wish == Conflicts::Keep || plan.outline.counts.resolvable == 0 {
        return Ok(plan);
    }
    let request = ResolvePlan {
        id: plan.id,
        resolution: Some(Resolution::Take),
        numbers: None,
        search: None,
        mark: None,
    };
    session.call("plans.resolve", &request).await
}

/// What two batches of one plan did: the second wrote what the first had kept.
fn together(first: BatchCounts, second: &BatchCounts) -> BatchCounts {
    BatchCounts {
        created: first.created + second.created,
        updated: first.updated + second.updated,
        trashed: first.trashed + second.trashed,
        restored: first.restored + second.restored,
        unchanged: first.unchanged + second.unchanged,
        kept: first.kept - second.read + second.kept,
        not_reached: first.not_reached + second.not_reached,
        implied: first.implied + second.implied,
        ..first
    }
}

/// The records that were rejected or kept, the first ones of each.
async fn left(session: &Session, id: PlanId) -> Result<Vec<PlannedRecord>> {
    let mut left = Vec::new();
    for outcome in [Outcome::Error, Outcome::Conflict] {
        let request = rows(id, Some(outcome), 100);
        let page: PlanRows = session.call("plans.rows", &request).await?;
        left.extend(page.rows);
    }
    Ok(left)
}

/// The first records that are imported with something to know about them, and whether there are
/// more.
async fn noted(session: &Session, id: PlanId) -> Result<(Vec<PlannedRecord>, bool)> {
    const MOST: i64 = 100;
    let request = ListPlanRows {
        mark: Some(Mark::Noted),
        ..rows(id, None, MOST)
    };
    let page: PlanRows = session.call("plans.rows", &request).await?;
    let imported = |row: &PlannedRecord| !matches!(row.outcome, Outcome::Error | Outcome::Conflict);
    let noted = page.rows.into_iter().filter(imported).collect();
    Ok((noted, page.total > MOST))
}

/// The first rows of a plan.
fn rows(id: PlanId, outcome: Option<Outcome>, limit: i64) -> ListPlanRows {
    ListPlanRows {
        id,
        outcome,
        operation: None,
        search: None,
        mark: None,
        by_size: None,
        offset: 0,
        limit,
    }
}

/// Applies a plan, all of it or until it was interrupted. When it fails half-way, what was done
/// until then is told before the error.
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
            let done = told::sentence(&batch.counts, batch.origin, When::Over);
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

/// What a plan would do, in the counts of a batch; one that is not applied yet holds back no
/// record that no row stands for.
fn planned_counts(counts: &Counts) -> BatchCounts {
    BatchCounts {
        read: counts.read(),
        created: counts.create,
        updated: counts.update + counts.taken,
        trashed: counts.trash,
        restored: counts.restore,
        unchanged: counts.unchanged,
        skipped: counts.skipped,
        kept: counts.conflict - counts.taken,
        rejected: counts.error,
        implied: counts.implied,
        ..BatchCounts::default()
    }
}

#[cfg(test)]
mod tests {
    use domain::plan::BatchCounts;

    use super::together;

    #[test]
    fn what_a_second_batch_wrote_is_kept_no_more() {
        let first = BatchCounts {
            read: 10,
            updated: 6,
            kept: 4,
            ..BatchCounts::default()
        };
        let second = BatchCounts {
            read: 3,
            updated: 1,
            unchanged: 1,
            kept: 1,
            ..BatchCounts::default()
        };
        let both = together(first, &second);
        assert_eq!(
            (both.read, both.updated, both.unchanged, both.kept),
            (10, 7, 1, 2)
        );
    }
}
