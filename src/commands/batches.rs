//! Batches: everything that was ever applied, with who, when, counts and undo.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::paging;
use super::records::hidden;
use crate::jobs::Plan;
use domain::error::Result;
use domain::kinds;
use domain::plan::{Batch, BatchFilter, BatchSort, BatchState, HistoryEntry, Origin};
use domain::record::Permission;
use domain::values::{BatchId, PlanId};
use store::{BatchOrder, Visible};

/// `batches.list`: the latest first, unless sorted otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListBatches {
    /// Which batches.
    #[serde(default)]
    #[ts(optional)]
    pub filter: Option<BatchFilter>,
    /// What they are sorted by; when they began, if left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sort: Option<BatchSort>,
    /// Whether the first one comes first.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub ascending: Option<bool>,
    /// How many come before.
    pub offset: i64,
    /// How many, at most 500.
    pub limit: i64,
}

/// The answer to `batches.list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BatchPage {
    /// The batches.
    pub rows: Vec<Batch>,
    /// How many there are in all.
    pub total: i64,
}

/// `batches.get`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetBatch {
    /// Which one.
    pub id: BatchId,
}

/// `batches.entries`: the journal of a batch, in the order in which it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListEntries {
    /// Which batch.
    pub id: BatchId,
    /// How many entries come before.
    pub offset: i64,
    /// How many, at most 500.
    pub limit: i64,
}

/// The answer to `batches.entries`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EntryPage {
    /// The entries.
    pub rows: Vec<HistoryEntry>,
    /// How many there are in all.
    pub total: i64,
}

/// Lists batches, the latest first.
pub(super) async fn list(call: &Call, request: ListBatches) -> Result<BatchPage> {
    paging::check(request.offset, request.limit)?;
    let filter = request.filter.unwrap_or_default();
    if filter
        .origins
        .iter()
        .flatten()
        .any(|origin| tells_of_people(*origin))
    {
        call.require(Permission::ViewHistory)?;
    }
    let order = BatchOrder {
        by: request.sort.unwrap_or_default(),
        descending: !request.ascending.unwrap_or_default(),
    };
    let page = (request.offset, request.limit);
    let store = call.store()?;
    let (mut rows, total) = store.batches(&filter, order, page).await?;
    let plans = call.plans_dir()?;
    for batch in &mut rows {
        batch.plan = plan_of(&plans, batch).await;
    }
    Ok(BatchPage { rows, total })
}

/// Whether such batches are about who signs in and who may do what.
const fn tells_of_people(origin: Origin) -> bool {
    matches!(origin, Origin::People | Origin::Settings | Origin::SignIn)
}

/// One batch, with the plan whose rest can still be applied or decided.
pub(super) async fn get(call: &Call, request: GetBatch) -> Result<Batch> {
    let mut batch = call.store()?.batch(request.id).await?;
    batch.plan = plan_of(&call.plans_dir()?, &batch).await;
    Ok(batch)
}

/// The plan whose rest can still be applied or decided.
async fn plan_of(plans: &Path, batch: &Batch) -> Option<PlanId> {
    let is_stopped = matches!(batch.state, BatchState::Cancelled | BatchState::Failed);
    let is_wanted = is_stopped || batch.counts.kept > 0;
    if !is_wanted || batch.undone_by.is_some() {
        return None;
    }
    let id = Plan::written_as(plans, batch.id)?;
    (is_stopped || can_be_decided(plans, id).await).then_some(id)
}

/// Whether a plan has conflicts to decide; one that cannot be read has none.
async fn can_be_decided(plans: &Path, id: PlanId) -> bool {
    let Ok(plan) = Plan::open(plans, id).await else {
        return false;
    };
    let meta = plan.meta().await;
    plan.file.close().await;
    meta.is_ok_and(|meta| meta.outline.counts.resolvable > 0)
}

/// The journal of a batch.
pub(super) async fn entries(call: &Call, request: ListEntries) -> Result<EntryPage> {
    paging::check(request.offset, request.limit)?;
    let store = call.store()?;
    let seen = kinds::all().filter(|kind| call.may(kind.def().rights.see));
    let visible = Visible(seen.collect());
    let (mut rows, total) = store
        .entries_of_batch(request.id, &visible, request.offset, request.limit)
        .await?;
    hidden::hide_history(call, &mut rows);
    Ok(EntryPage { rows, total })
}
