//! `plans.revise`: the review changes what a plan is made of, and the plan is made again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::blocking::blocking;
use super::call::Call;
use super::jobs::Started;
use super::plans::{refuse_hidden, refuse_written, sees_mark, sees_notes};
use super::records::hidden;
use crate::jobs::{Draft, JobKind, JobSubject, Plan, RowChange, plan_again};
use domain::error::{Error, Result};
use domain::plan::{Mark, Operation, Outcome};
use domain::record::{Field, Permission};
use domain::values::PlanId;
use store::RecordFilter;

/// `plans.revise`: changes what an import is planned from and starts to plan it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevisePlan {
    /// Which plan.
    pub id: PlanId,
    /// What is changed.
    pub revision: Revision,
}

/// What is changed of the file that a plan is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum Revision {
    /// Rows are left out.
    LeaveOut {
        /// Which.
        records: PlanRecords,
    },
    /// Rows are taken in again, and read as they stand in the file.
    PutBack {
        /// Which.
        records: PlanRecords,
    },
    /// New records are those that their codes look like, where that is one alone.
    TakeAlike {
        /// Which.
        records: PlanRecords,
    },
    /// The columns that feed a field are left out.
    LeaveColumnOut {
        /// Which field.
        field: Field,
    },
    /// The columns that were left out are taken in again.
    PutColumnsBack,
    /// The cell that feeds a field is read as another text.
    Fix {
        /// The number of the record.
        number: i64,
        /// Which field.
        field: Field,
        /// The text, as it would stand in the file.
        text: String,
    },
}

/// Some records of a plan: those with these numbers, otherwise all that are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanRecords {
    /// Only the records with these numbers.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub numbers: Option<Vec<i64>>,
    /// Only records with this outcome.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub outcome: Option<Outcome>,
    /// Only records to which this happens.
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
}

/// A cell of a file is no longer than this when it is typed in the review.
const LONGEST_TEXT: usize = 100_000;

/// Changes what an import is planned from and starts to plan it again.
pub(super) async fn revise(call: &Call, request: RevisePlan) -> Result<Started> {
    let id = request.id;
    refuse_written(call, id).await?;
    let (plans, costs) = (call.plans_dir()?, call.may(Permission::SeeCosts));
    let (folder, schema) = (plans.clone(), call.store()?.schema());
    let plan = Plan::open(&plans, id).await?;
    let meta = plan.meta().await?;
    refuse_hidden(call, &meta)?;
    let mut draft = blocking(move || Draft::load(&folder, id, &schema))
        .await
        .map_err(|_| Error::invalid("Only the plan of an import can be changed."))?;
    call.require(draft.kind().def().rights.edit)?;
    draft.refuse_costs(costs)?;
    let notes = sees_notes(call, &meta);
    let changed = change(call, &mut draft, &plan, (request.revision, notes)).await;
    plan.file.close().await;
    changed?;
    let (store, now) = (call.store()?, call.clock().now());
    let subject = JobSubject {
        kind: JobKind::PlanImport,
        label: draft.file_name(),
        plan: Some(id),
    };
    let job = call.jobs().start(subject, move |progress| async move {
        plan_again(&progress, &store, &plans, &mut draft, now).await
    })?;
    Ok(Started {
        job,
        plan: Some(id),
    })
}

async fn change(
    call: &Call,
    draft: &mut Draft,
    plan: &Plan,
    (revision, sees_notes): (Revision, bool),
) -> Result<()> {
    let (row_change, records) = match revision {
        Revision::LeaveOut { records } => (RowChange::LeaveOut, records),
        Revision::PutBack { records } => (RowChange::PutBack, records),
        Revision::TakeAlike { records } => (RowChange::TakeAlike, records),
        Revision::LeaveColumnOut { field } => {
            hidden::refuse(call, [field])?;
            return draft.leave_column_out(field, &call.store()?.schema());
        }
        Revision::PutColumnsBack => {
            draft.put_columns_back();
            return draft.refuse_costs(call.may(Permission::SeeCosts));
        }
        Revision::Fix {
            number,
            field,
            text,
        } => {
            hidden::refuse(call, [field])?;
            if text.len() > LONGEST_TEXT {
                return Err(Error::invalid("The value is too long.")
                    .field(field.to_string(), "Shorten it."));
            }
            let any = RecordFilter::default();
            let rows = plan.file.lines(any, Some(&[number]), 0, 1).await?;
            let row = rows.first().ok_or_else(no_row)?;
            return draft.fix(row, field, text);
        }
    };
    if records
        .mark
        .as_ref()
        .is_some_and(|mark| !sees_mark(call, mark, sees_notes))
    {
        return Err(no_row());
    }
    let filter = RecordFilter {
        outcome: records.outcome,
        operation: records.operation,
        search: records.search.as_deref(),
        mark: records.mark.as_ref(),
    };
    let numbers = records.numbers.as_deref();
    let changed = draft.change_rows(row_change, &plan.file, filter, numbers);
    match (changed.await?, row_change) {
        (0, RowChange::TakeAlike) => {
            Err(Error::invalid("None of these looks like one record alone.")
                .hint("Correct the code where several look like it."))
        }
        (0, _) => Err(no_row()),
        _ => Ok(()),
    }
}

fn no_row() -> Error {
    Error::invalid("There is no row of the file to change.")
        .hint("A product that was made from the rows of its variants has none of its own.")
}
