//! Moves of more records than are selected one by one: planned, read, then applied.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::exports::{Narrowed, kind_of, left_out};
use super::imports::Started;
use super::records::{FieldFilter, ReferTo};
use crate::jobs::{JobKind, JobSubject, Moving, Plan, plan_move};
use domain::catalog::ProductFilter;
use domain::error::{Error, Result};
use domain::plan::{Operation, title};
use domain::record::Kind;
use domain::values::{PlanId, RecordId};

/// `plans.move`: starts to plan a move of all records that a list shows: to the trash, back from it,
/// or deleted for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MoveRecords {
    /// Of which kind.
    pub kind: Kind,
    /// `trash`, `restore` or `purge`.
    pub operation: Operation,
    /// Which products; of other kinds, only whether the trash is meant.
    #[serde(default)]
    pub filter: ProductFilter,
    /// Only those that refer to this record; not for products.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub of: Option<ReferTo>,
    /// Words that all must stand in what the search looks at; of products, the filter says it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// Only those that pass every one of these filters; of products, the filter says it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub filters: Option<Vec<FieldFilter>>,
    /// Not these records; at most 5,000. The children of one that goes to the trash go with it all the same.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub except: Option<Vec<RecordId>>,
}

/// Starts to plan the move.
pub(super) async fn plan(call: &Call, request: MoveRecords) -> Result<Started> {
    let kind = kind_of(call, Some(request.kind))?;
    let rights = kind.def().rights;
    match request.operation {
        Operation::Trash | Operation::Restore => call.require(rights.edit)?,
        Operation::Purge => {
            call.require(rights.edit)?;
            call.require(rights.purge)?;
        }
        Operation::Create | Operation::Update => {
            return Err(Error::invalid("That is no move."));
        }
    }
    let (store, plans) = (call.store()?, call.plans_dir()?);
    let narrowed = Narrowed {
        filter: &request.filter,
        of: request.of,
        search: request.search.as_deref(),
        filters: request.filters.as_deref(),
    };
    let moving = Moving {
        kind,
        which: narrowed.which(call, (&store.schema(), kind))?,
        except: left_out(request.except)?,
        operation: request.operation,
    };
    let (id, now) = (PlanId::new(), call.clock().now());
    let subject = JobSubject {
        kind: JobKind::PlanMove,
        label: title(moving.origin(), false, None, kind.def().plural),
        plan: Some(id),
    };
    let job = call.jobs().start(subject, move |progress| async move {
        let plan = Plan::create(&plans, id).await?;
        let planned = plan_move(&progress, &store, &plan, &moving, now).await;
        plan.file.close().await;
        if planned.is_err() {
            // Nothing can be done with what was staged of it.
            Plan::discard(&plans, id).ok();
        }
        planned
    });
    Ok(Started {
        job,
        plan: Some(id),
    })
}
