//! Changes of several records that belong together: one batch, which one undo takes back, and the reason for
//! each that could not be written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::KeptRecord;
use super::batch::FormBatch;
use super::check::refused;
use crate::commands::call::Call;
use domain::error::Result;
use domain::plan::{Change, Operation, Origin, Write};
use domain::record::{Field, Fields, Record, Value};
use domain::values::BatchId;
use store::{Store, WriteOutcome};

/// What became of records that were to be changed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// How many were created or changed.
    pub changed: i64,
    /// What was left as it is, and why.
    pub kept: Vec<KeptRecord>,
    /// The batch, for undo; null when nothing was changed.
    pub batch_id: Option<BatchId>,
}

/// A record as it would be, and the write that makes it so.
pub(in crate::commands) struct Proposed {
    /// The record with its new values.
    pub(in crate::commands) record: Record,
    /// The write.
    pub(in crate::commands) write: Write,
}

impl Proposed {
    /// Gives a record these values; nothing when it has them.
    pub(in crate::commands) fn update(
        record: &Record,
        values: impl IntoIterator<Item = (Field, Value)>,
    ) -> Option<Self> {
        let mut after = record.clone();
        let mut changes = Vec::new();
        for (field, new) in values {
            let old = record.fields.get(field).clone();
            if old != new {
                after.fields.set(field, new.clone());
                changes.push(Change { field, old, new });
            }
        }
        let write = Write {
            kind: record.kind,
            id: record.id,
            operation: Operation::Update,
            expected_version: record.version,
            changes,
        };
        (!write.changes.is_empty()).then_some(Self {
            record: after,
            write,
        })
    }

    /// Creates a record with these fields.
    pub(in crate::commands) fn create(record: Record) -> Self {
        let write = Write {
            kind: record.kind,
            id: record.id,
            operation: Operation::Create,
            expected_version: 0,
            changes: changes_from_blank(&record.fields),
        };
        Self { record, write }
    }
}

/// What makes these fields of those of a blank record.
pub(super) fn changes_from_blank(fields: &Fields) -> Vec<Change> {
    let blank = Fields::blank(fields.kind());
    let changed = fields
        .iter()
        .filter(|(field, value)| blank.get(*field) != *value);
    changed
        .map(|(field, value)| Change {
            field,
            old: blank.get(field).clone(),
            new: value.clone(),
        })
        .collect()
}

/// Writes the proposed changes as one batch with this origin and label.
pub(in crate::commands) async fn change_together(
    call: &Call,
    (origin, label): (Origin, String),
    proposed: Vec<Proposed>,
) -> Result<Changed> {
    let mut changed = Changed {
        changed: 0,
        kept: Vec::new(),
        batch_id: None,
    };
    if proposed.is_empty() {
        return Ok(changed);
    }
    let store = call.store()?;
    let writes: Vec<Write> = proposed.iter().map(|one| one.write.clone()).collect();
    let form = FormBatch::begin(call, origin, label).await?;
    let batch = form.id;
    let outcomes = form.apply(&writes).await?;
    form.finish(&writes, &outcomes).await?;
    for (Proposed { record, .. }, outcome) in proposed.iter().zip(&outcomes) {
        match kept(&store, record, outcome).await? {
            Some(kept) => changed.kept.push(kept),
            None => changed.changed += 1,
        }
    }
    changed.batch_id = Some(batch).filter(|_| changed.changed > 0);
    Ok(changed)
}

/// Why a record was left as it is, when it was.
async fn kept(
    store: &Store,
    record: &Record,
    outcome: &WriteOutcome,
) -> Result<Option<KeptRecord>> {
    let reason = match outcome {
        WriteOutcome::Applied { .. } => return Ok(None),
        WriteOutcome::Gone => "It was deleted for good meanwhile.".to_owned(),
        WriteOutcome::Moved { .. } => "It was changed at this moment. Try again.".to_owned(),
        WriteOutcome::Refused(refusal) => refused(store, record, refusal)
            .await?
            .map_or_else(|| "It cannot stand there.".to_owned(), |(_, rule)| rule),
    };
    Ok(Some(KeptRecord {
        record_id: Some(record.id),
        code: record.code().to_owned(),
        reason,
    }))
}
