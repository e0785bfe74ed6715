//! Plans: read, apply, take the rejected rows away. The same for an import and an undo.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::channels::sending_of;
use super::file_token::{FileToken, name_of};
use super::files;
use super::jobs::Started;
use super::paging;
use super::records::hidden;
use super::start_plan::start_plan;
use crate::jobs::{
    Draft, JobKind, JobSubject, Plan, PlanMeta, PlanOutline, PlanState, apply_and_send, in_work,
    plan_undo, save_rejects as write_rejects,
};
use domain::error::{Error, Result};
use domain::plan::{Mark, Operation, Origin, Outcome, PlannedRecord, Resolution, Sum};
use domain::record::Permission;
use domain::values::{BatchId, PlanId};
use store::{MarkCount, RecordFilter, RecordOrder};

/// A plan as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanSummary {
    /// Its id.
    pub id: PlanId,
    /// What is known of it.
    #[serde(flatten)]
    pub outline: PlanOutline,
    /// Its counts in words.
    pub sums: Vec<Sum>,
}

/// `plans.get`, `plans.apply` (starts a job) and `plans.discard`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectPlan {
    /// Which one.
    pub id: PlanId,
}

/// `plans.rows`: a page of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListPlanRows {
    /// Which plan.
    pub id: PlanId,
    /// Only records with this outcome.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub outcome: Option<Outcome>,
    /// Only records to which this happens: those that move to the trash, among those that change.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub operation: Option<Operation>,
    /// Only records with this text in code, name or problem.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// Only records that are pointed out for this.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub mark: Option<Mark>,
    /// Whether those that change most come first.
    #[serde(default)]
    #[ts(optional)]
    pub by_size: Option<bool>,
    /// How many records come before.
    pub offset: i64,
    /// How many records, at most 500.
    pub limit: i64,
}

/// `plans.resolve`: decides conflicts, one by one or all at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResolvePlan {
    /// Which plan.
    pub id: PlanId,
    /// Take the proposal or keep what is there; null takes a decision back.
    pub resolution: Option<Resolution>,
    /// Only the records with these numbers.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub numbers: Option<Vec<i64>>,
    /// Only records with this text in code, name or problem.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// Only records that are pointed out for this.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub mark: Option<Mark>,
}

/// How many records are pointed out for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Marked {
    /// For what.
    pub mark: Mark,
    /// How many.
    pub count: i64,
}

/// The answer to `plans.marks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanMarks {
    /// What records are pointed out for, the most frequent first.
    pub marks: Vec<Marked>,
}

/// The answer to `plans.rows`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanRows {
    /// The records.
    pub rows: Vec<PlannedRecord>,
    /// How many the filter matches in all.
    pub total: i64,
}

/// `plans.save_rejects`: writes the rejected rows with their reasons to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveRejects {
    /// Which plan.
    pub id: PlanId,
    /// The file to write.
    pub file: FileToken,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    /// How many rows stand in it, the header left out.
    pub rows: i64,
    /// Its name.
    pub name: String,
}

/// `plans.undo`: starts to plan the undo of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanUndo {
    /// Which batch.
    pub batch_id: BatchId,
}

/// A plan as a whole.
pub(super) async fn get(call: &Call, request: SelectPlan) -> Result<PlanSummary> {
    let plan = Plan::open(&call.plans_dir()?, request.id).await?;
    let meta = plan.meta().await?;
    plan.file.close().await;
    Ok(summary(call, request.id, meta))
}

fn summary(call: &Call, id: PlanId, meta: PlanMeta) -> PlanSummary {
    let mut outline = meta.outline;
    // The app died while it applied: what is written is whole, and the rest can follow.
    if outline.state == PlanState::Applying && !call.jobs().work_on(id) {
        outline.state = PlanState::Interrupted;
    }
    let sees = |field| hidden::sees(call, field);
    outline.revision.columns.retain(|field| sees(*field));
    outline.changed_fields.retain(|field| sees(*field));
    outline
        .warnings
        .retain(|warning| warning.mark.field().is_none_or(sees));
    let sums = outline.counts.sums(outline.origin);
    PlanSummary { id, outline, sums }
}

/// A page of a plan.
pub(super) async fn rows(call: &Call, request: ListPlanRows) -> Result<PlanRows> {
    paging::check(request.offset, request.limit)?;
    let plan = Plan::open(&call.plans_dir()?, request.id).await?;
    let notes = sees_notes(call, &plan.meta().await?);
    if request
        .mark
        .as_ref()
        .is_some_and(|mark| !sees_mark(call, mark, notes))
    {
        plan.file.close().await;
        return Ok(PlanRows {
            rows: Vec::new(),
            total: 0,
        });
    }
    let filter = RecordFilter {
        outcome: request.outcome,
        operation: request.operation,
        search: request.search.as_deref(),
        mark: request.mark.as_ref(),
    };
    let order = match request.by_size.unwrap_or_default() {
        true => RecordOrder::Size { sees_all: notes },
        false => RecordOrder::Number,
    };
    let page = plan
        .file
        .page_in(filter, order, request.offset, request.limit);
    let mut rows = page.await?;
    let total = plan.file.count(filter).await?;
    plan.file.close().await;
    hidden::hide_planned(call, &mut rows);
    Ok(PlanRows { rows, total })
}

/// Whether no note of a plan can be about a field that the user may not see.
pub(super) fn sees_notes(call: &Call, meta: &PlanMeta) -> bool {
    let changed = meta.outline.changed_fields.iter();
    let mut fields = changed.chain(&meta.fed);
    fields.all(|field| hidden::sees(call, *field))
}

/// Whether a user may know which records are pointed out for this.
pub(super) fn sees_mark(call: &Call, mark: &Mark, sees_notes: bool) -> bool {
    let sees_field = mark.field().is_none_or(|field| hidden::sees(call, field));
    sees_field && (sees_notes || *mark != Mark::Noted)
}

/// What the records of a plan are pointed out for: its errors by rule and column, above all.
pub(super) async fn marks(call: &Call, request: SelectPlan) -> Result<PlanMarks> {
    let plan = Plan::open(&call.plans_dir()?, request.id).await?;
    let notes = sees_notes(call, &plan.meta().await?);
    let counts = plan.file.marks().await?.into_iter();
    plan.file.close().await;
    let mut marks: Vec<Marked> = counts
        .filter(|count| count.count > 0 && sees_mark(call, &count.mark, notes))
        .map(|MarkCount { mark, count }| Marked { mark, count })
        .collect();
    marks.sort_by(|one, other| (other.count, &one.mark).cmp(&(one.count, &other.mark)));
    Ok(PlanMarks { marks })
}

/// Decides conflicts; they are written when the plan is applied, or applied again.
pub(super) async fn resolve(call: &Call, request: ResolvePlan) -> Result<PlanSummary> {
    let id = request.id;
    refuse_running(call, id)?;
    let plan = Plan::open(&call.plans_dir()?, id).await?;
    let meta = plan.meta().await?;
    refuse_hidden(call, &meta)?;
    let notes = sees_notes(call, &meta);
    if let Some(mark) = &request.mark
        && !sees_mark(call, mark, notes)
    {
        plan.file.close().await;
        return Ok(summary(call, id, meta));
    }
    let resolved = plan.resolve(
        request.resolution,
        request.numbers.as_deref(),
        RecordFilter {
            search: request.search.as_deref(),
            mark: request.mark.as_ref(),
            ..RecordFilter::default()
        },
    );
    let meta = resolved.await;
    plan.file.close().await;
    Ok(summary(call, id, meta?))
}

pub(super) fn refuse_running(call: &Call, id: PlanId) -> Result<()> {
    if call.jobs().work_on(id) {
        return Err(in_work());
    }
    Ok(())
}

/// Refuses to change what a plan is made of while it is worked on, or once it was written: what is rejected or
/// left to do would be of another file than the rest.
pub(super) async fn refuse_written(call: &Call, id: PlanId) -> Result<()> {
    refuse_running(call, id)?;
    let Ok(plan) = Plan::open(&call.plans_dir()?, id).await else {
        // It was not made yet.
        return Ok(());
    };
    let meta = plan.meta().await;
    plan.file.close().await;
    let is_written =
        |meta: PlanMeta| meta.outline.state != PlanState::Ready || meta.outline.batch_id.is_some();
    if meta.is_ok_and(is_written) {
        return Err(
            Error::invalid("The plan was applied already, so it cannot be changed.")
                .hint("Correct the rest in the file, and import that."),
        );
    }
    Ok(())
}

/// Refuses a plan of records that the user may not edit or delete for good, or of fields that they
/// may not see, made by another user.
pub(super) fn refuse_hidden(call: &Call, meta: &PlanMeta) -> Result<()> {
    for kind in &meta.outline.kinds {
        let rights = kind.def().rights;
        call.require(rights.edit)?;
        if meta.outline.origin == Origin::Purge {
            call.require(rights.purge)?;
        }
    }
    hidden::refuse(call, meta.outline.changed_fields.iter().copied())
}

/// Starts to apply a plan, or the rest of one that was interrupted.
pub(super) async fn apply(call: &Call, request: SelectPlan) -> Result<Started> {
    let id = request.id;
    refuse_running(call, id)?;
    let plan = Plan::open(&call.plans_dir()?, id).await?;
    let meta = plan.meta().await?;
    refuse_hidden(call, &meta)?;
    let (store, author) = (call.store()?, call.author()?);
    let to = sending_of(call, &meta).await?;
    let subject = JobSubject {
        kind: JobKind::ApplyPlan,
        label: meta.outline.title,
        plan: Some(id),
    };
    let job = call.jobs().start(subject, move |progress| async move {
        let applied = apply_and_send(&progress, &store, &plan, (&author, to.as_ref())).await;
        plan.file.close().await;
        applied.map(drop)
    })?;
    Ok(Started {
        job,
        plan: Some(id),
    })
}

/// Throws a plan away, or the draft of one; what was applied stays.
pub(super) async fn discard(call: &Call, request: SelectPlan) -> Result<()> {
    if call.jobs().work_on(request.id) {
        return Err(Error::invalid("This plan is being worked on.").hint("Stop that first."));
    }
    Plan::discard(&call.plans_dir()?, request.id)
}

/// Writes the rejected rows, and after applying the ones held back, with their reasons.
pub(super) async fn save_rejects(call: &Call, request: SaveRejects) -> Result<Written> {
    let path = files::to_write(call, &request.file).await?;
    let plans = call.plans_dir()?;
    let plan = Plan::open(&plans, request.id).await?;
    let draft = Draft::load(&plans, request.id, &call.store()?.schema())?;
    refuse_costs_of(call, &draft)?;
    let rows = write_rejects(&plan, &draft, &path).await?;
    plan.file.close().await;
    let name = name_of(&path);
    Ok(Written { rows, name })
}

/// The rejected rows are written as they stand in the file.
fn refuse_costs_of(call: &Call, draft: &Draft) -> Result<()> {
    draft
        .refuse_costs(call.may(Permission::SeeCosts))
        .map_err(|error| {
            let message = "There are costs in the file, and you may not see costs.";
            Error::new(error.code, message).hint("Ask the person who imported it for the rows.")
        })
}

/// Starts to plan the undo of a batch.
pub(super) async fn undo(call: &Call, request: PlanUndo) -> Result<Started> {
    let (store, now) = (call.store()?, call.clock().now());
    let batch = store.batch(request.batch_id).await?;
    let subject = (JobKind::PlanUndo, batch.undo_title);
    start_plan(call, subject, move |progress, plan| async move {
        plan_undo(&progress, &store, &plan, request.batch_id, now).await
    })
}
