//! Changes of several records in one batch, which one undo takes back.

use super::batch::FormBatch;
use super::{SavedRecord, get};
use crate::commands::call::Call;
use domain::error::{Code, Error, Result};
use domain::plan::{Change, Operation, Origin, Write};
use domain::record::Record;
use store::WriteOutcome;

/// Writes the changes of records of one kind; the first of them is the one that the user meant, and
/// what comes back. What another user changed meanwhile is left as it is and told.
pub(in crate::commands) async fn update_together(
    call: &Call,
    meant: &Record,
    changed: Vec<(&Record, Vec<Change>)>,
) -> Result<SavedRecord> {
    let writes: Vec<Write> = changed
        .into_iter()
        .filter(|(_, changes)| !changes.is_empty())
        .map(|(record, changes)| Write {
            kind: record.kind,
            id: record.id,
            operation: Operation::Update,
            expected_version: record.version,
            changes,
        })
        .collect();
    let batch_id = if writes.is_empty() {
        None
    } else {
        let form = FormBatch::begin(call, Origin::Form, meant.code().to_owned()).await?;
        let batch = form.id;
        let outcomes = form.apply(&writes).await?;
        form.finish(&writes, &outcomes).await?;
        let is_applied = |outcome: &WriteOutcome| matches!(outcome, WriteOutcome::Applied { .. });
        if !outcomes.iter().all(is_applied) {
            let message = format!(
                "{} or another one was changed at this moment.",
                meant.code()
            );
            return Err(Error::new(Code::Conflict, message).hint("Look at them, then try again."));
        }
        Some(batch)
    };
    let record = get(call, meant.kind, meant.id).await?;
    Ok(SavedRecord { record, batch_id })
}
