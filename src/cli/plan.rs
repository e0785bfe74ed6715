//! What an import and an undo share: look at the plan, ask, apply it, tell what became of it.

use std::path::Path;

use backstock::commands::batches::GetBatch;
use backstock::commands::imports::Started;
use backstock::commands::plans::{PlanSummary, PlanUndo, SaveRejects, SelectPlan, Written};
use backstock::error::{Error, Result};
use backstock::jobs::PlanWarning;
use backstock::plan::{Batch, BatchCounts, Counts};
use backstock::values::{BatchId, PlanId};
use serde_json::{Value as Json, json};

use super::args::Undo;
use super::output::{Ended, Failure, Printed, ask, can_ask, note, plain, usage};
use super::session::Session;

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
    let wish = Wish {
        dry_run: args.dry_run,
        yes: args.yes,
        rejects: None,
    };
    carry_out(session, &started, &wish).await
}

/// Waits for the plan, shows it, applies it when that is wished, and clears it away.
pub async fn carry_out(
    session: &Session,
    started: &Started,
    wish: &Wish<'_>,
) -> Result<Ended, Failure> {
    let planned = session.finish(started).await?;
    let id = planned.plan.or(started.plan);
    let id = id.ok_or_else(|| Error::internal("The job has made no plan."))?;
    let ended = decide(session, id, wish).await;
    // What is left of a plan is found and cleared by the app at its next start.
    session
        .call::<_, ()>("plans.discard", &SelectPlan { id })
        .await
        .ok();
    ended
}

async fn decide(session: &Session, id: PlanId, wish: &Wish<'_>) -> Result<Ended, Failure> {
    let plan: PlanSummary = session.call("plans.get", &SelectPlan { id }).await?;
    for warning in &plan.warnings {
        note(&format!("warning: {}", describe(warning)));
    }
    let nothing = plan.counts.applied() == 0;
    if wish.dry_run || nothing {
        let rejects = save_rejects(session, id, wish.rejects).await?;
        return Ok(told(
            &plan,
            &planned_counts(&plan.counts),
            None,
            rejects,
            wish.dry_run,
        ));
    }
    if !wish.yes {
        note(&sentence(&planned_counts(&plan.counts), true));
        if !ask(&format!("Apply {} changes?", plan.counts.applied())) {
            return Err(
                Error::new(backstock::error::Code::Cancelled, "Nothing was changed.").into(),
            );
        }
    }
    let batch = apply(session, id).await?;
    let rejects = save_rejects(session, id, wish.rejects).await?;
    Ok(told(&plan, &batch.counts, Some(batch.id), rejects, false))
}

async fn apply(session: &Session, id: PlanId) -> Result<Batch> {
    let started: Started = session.call("plans.apply", &SelectPlan { id }).await?;
    let applied = session.finish(&started).await?;
    let plan: PlanSummary = session.call("plans.get", &SelectPlan { id }).await?;
    let batch = plan.batch_id.or(applied.batch);
    let id = batch.ok_or_else(|| Error::internal("The plan was applied without a batch."))?;
    session.call("batches.get", &GetBatch { id }).await
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

fn told(
    plan: &PlanSummary,
    counts: &BatchCounts,
    batch: Option<BatchId>,
    rejects: Option<Written>,
    dry_run: bool,
) -> Ended {
    let mut text = sentence(counts, dry_run);
    if let Some(batch) = batch {
        text.push_str(&format!(
            "Batch {batch}. Undo it with: backstock undo {batch}\n"
        ));
    }
    if let Some(written) = &rejects {
        text.push_str(&format!(
            "Wrote {} rejected rows to {}.\n",
            written.rows,
            plain(&written.name)
        ));
    }
    let printed = Printed::new(as_json(plan, counts, batch, rejects, dry_run), text);
    if counts.rejected + counts.kept + counts.not_reached > 0 {
        Ended::WithRest(printed)
    } else {
        Ended::Done(printed)
    }
}

fn as_json(
    plan: &PlanSummary,
    counts: &BatchCounts,
    batch: Option<BatchId>,
    rejects: Option<Written>,
    dry_run: bool,
) -> Json {
    json!({
        "label": plan.label,
        "dryRun": dry_run,
        "read": counts.read,
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "skipped": counts.skipped,
        "kept": counts.kept,
        "rejected": counts.rejected,
        "notReached": counts.not_reached,
        "implied": counts.implied,
        "batch": batch,
        "undoOf": plan.undo_of,
        "warnings": plan.warnings,
        "rejects": rejects,
    })
}

/// The counts, which add up to what was read.
fn sentence(counts: &BatchCounts, planned: bool) -> String {
    let parts = [
        (
            counts.created,
            if planned { "to create" } else { "created" },
        ),
        (
            counts.updated,
            if planned { "to update" } else { "updated" },
        ),
        (counts.unchanged, "unchanged"),
        (counts.skipped, "skipped"),
        (counts.kept, "kept"),
        (counts.rejected, "rejected"),
        (counts.not_reached, "not reached"),
    ];
    let shown = parts.iter().enumerate().filter(|(place, (count, _))| {
        // The counts that everyone expects are told even when they are nothing.
        *count > 0 || !matches!(place, 4 | 6)
    });
    let shown: Vec<String> = shown
        .map(|(_, (count, word))| format!("{count} {word}"))
        .collect();
    let mut text = format!("{} read: {}.\n", counts.read, shown.join(", "));
    if counts.implied > 0 {
        let doing = if planned { "to write" } else { "written" };
        text.push_str(&format!(
            "{} more {doing} that no row stands for (parents of variants).\n",
            counts.implied
        ));
    }
    text
}

fn describe(warning: &PlanWarning) -> String {
    match warning {
        PlanWarning::PriceJumps { count } => {
            format!("{count} store prices rise or fall by more than a fifth.")
        }
        PlanWarning::StockToZero { count } => format!("{count} products lose all their stock."),
        PlanWarning::LookAlikes { count, examples } => format!(
            "{count} SKUs differ from another one only in case or spaces: {}.",
            plain(&examples.join(", "))
        ),
    }
}

#[cfg(test)]
mod tests {
    use backstock::plan::BatchCounts;

    use super::sentence;

    #[test]
    fn the_counts_add_up_to_what_was_read() {
        let counts = BatchCounts {
            read: 10,
            created: 4,
            updated: 3,
            unchanged: 2,
            rejected: 1,
            implied: 2,
            ..BatchCounts::default()
        };
        assert_eq!(
            sentence(&counts, false),
            "10 read: 4 created, 3 updated, 2 unchanged, 0 skipped, 1 rejected.\n\
             2 more written that no row stands for (parents of variants).\n"
        );
        assert!(sentence(&counts, true).starts_with("10 read: 4 to create, 3 to update"));
    }
}
