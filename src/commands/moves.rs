//! Moves of more records than are selected one by one: planned, read, then applied.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::jobs::Started;
use super::narrowed::{Narrowed, listed_kind};
use super::start_plan::start_plan;
use crate::jobs::{JobKind, Moving, plan_move};
use domain::error::{Error, Result};
use domain::plan::{Operation, title};
use domain::record::Kind;

/// `plans.move`: starts to plan a move of all records that a list shows: to the trash, back from it,
/// or deleted for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MoveRecords {
    /// Of which kind.
    pub kind: Kind,
    /// `trash`, `restore` or `purge`.
    pub operation: Operation,
    /// Which of them.
    #[serde(flatten)]
    pub narrowed: Narrowed,
}

/// Starts to plan the move.
pub(super) async fn plan(call: &Call, request: MoveRecords) -> Result<Started> {
    let kind = listed_kind(call, Some(request.kind))?;
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
    let store = call.store()?;
    let (which, except) = request.narrowed.which(call, (&store.schema(), kind))?;
    let moving = Moving {
        kind,
        which,
        except,
        operation: request.operation,
    };
    let now = call.clock().now();
    let label = title(moving.origin(), false, None, kind.def().plural);
    start_plan(
        call,
        (JobKind::PlanMove, label),
        move |progress, plan| async move { plan_move(&progress, &store, &plan, &moving, now).await },
    )
}
