//! Records that cannot be written as planned become conflicts, with all that a person needs to
//! decide: the three values of each field, who changed the record last, and when.

use domain::catalog::product;
use std::collections::{HashMap, HashSet};

use super::plan::PlanMeta;
use domain::error::Result;
use domain::plan::{Dispute, Operation, Outcome, Write, dispute};
use domain::record::{Field, Record};
use domain::values::RecordId;
use store::{LastChange, StagedRecord, Store, WriteOutcome};

/// A write that was refused.
pub(super) struct Refused {
    /// The record; its changes are in the write.
    pub(super) staged: StagedRecord,
    /// What was to be written.
    pub(super) write: Write,
    /// Why it was not.
    pub(super) outcome: WriteOutcome,
}

impl Refused {
    /// The other product that has the SKU of what was to be created: the file means that one.
    fn namesake(&self) -> Option<RecordId> {
        match self.outcome {
            WriteOutcome::SkuTaken { by } if self.write.operation == Operation::Create => Some(by),
            _ => None,
        }
    }
}

/// Holds the records back and counts them anew; they are to be settled in the staging file.
pub(super) async fn hold_back(
    store: &Store,
    meta: &mut PlanMeta,
    refused: Vec<Refused>,
) -> Result<Vec<StagedRecord>> {
    let namesakes: Vec<RecordId> = refused.iter().filter_map(Refused::namesake).collect();
    let namesakes = store.get_many(&namesakes).await?.into_iter();
    let namesakes: HashMap<RecordId, Record> = namesakes.map(|p| (p.id, p)).collect();
    let ids: Vec<RecordId> = refused
        .iter()
        .map(|refused| refused.namesake().unwrap_or(refused.write.id))
        .collect();
    let now = Now {
        namesakes,
        parents: store.variant_counts(&ids).await?.into_keys().collect(),
        last_changes: store.last_changes(&ids).await?,
    };
    Ok(refused
        .into_iter()
        .map(|refused| now.settle(refused, meta))
        .collect())
}

/// What is there now, for the records that were refused.
struct Now {
    namesakes: HashMap<RecordId, Record>,
    /// Products with variants: their stock is not theirs to set.
    parents: HashSet<RecordId>,
    last_changes: HashMap<RecordId, LastChange>,
}

impl Now {
    fn settle(&self, refused: Refused, meta: &mut PlanMeta) -> StagedRecord {
        let namesake = refused.namesake().and_then(|id| self.namesakes.get(&id));
        let Refused {
            mut staged,
            mut write,
            outcome,
        } = refused;
        let met = match &outcome {
            WriteOutcome::Moved { current } => Some(&**current),
            _ => namesake,
        };
        if met.is_some_and(|current| self.parents.contains(&current.id)) {
            write
                .changes
                .retain(|change| change.field != product::STOCK);
        }
        let disputed = met.map(|current| (current, dispute(&write, current)));
        let counts = &mut meta.outline.counts;
        counts.remove(&staged.record);
        let is_settled = matches!(
            &disputed,
            Some((current, dispute)) if dispute.is_settled(write.operation, current)
        );
        if is_settled {
            staged.record.outcome = Outcome::Unchanged;
        } else {
            self.keep(&mut staged, write, disputed, &outcome);
        }
        counts.add(&staged.record);
        if !staged.record.implied {
            meta.applied.not_reached -= 1;
            meta.applied.unchanged += i64::from(is_settled);
            meta.applied.kept += i64::from(!is_settled);
        }
        staged
    }

    fn keep(
        &self,
        staged: &mut StagedRecord,
        write: Write,
        disputed: Option<(&Record, Dispute)>,
        outcome: &WriteOutcome,
    ) {
        let record = &mut staged.record;
        let Some((current, dispute)) = disputed else {
            record.changes = write.changes;
            return record.hold_back(why_for_good(outcome).to_owned(), None);
        };
        record.product_id = Some(current.id);
        record.expected_version = current.version;
        if let Some(last) = self.last_changes.get(&current.id) {
            record.changed_by = Some(last.person.clone());
            record.changed_at = Some(last.at);
        }
        record.hold_back(why(&dispute, current, outcome), Some(dispute));
    }
}

/// Why a record is kept that a person can decide about.
fn why(dispute: &Dispute, current: &Record, outcome: &WriteOutcome) -> String {
    let labels = dispute.conflicts.iter().map(|c| c.field.label());
    let labels: Vec<&str> = labels.collect();
    match outcome {
        WriteOutcome::SkuTaken { .. } => {
            "Somebody made a product with this SKU meanwhile.".to_owned()
        }
        _ if !labels.is_empty() => format!("Somebody changed it meanwhile: {}.", labels.join(", ")),
        _ if current.trashed => "Somebody moved it to the trash meanwhile.".to_owned(),
        _ => "Somebody edited or restored it meanwhile.".to_owned(),
    }
}

/// Why a record is kept, and there is nothing to choose.
fn why_for_good(outcome: &WriteOutcome) -> &'static str {
    match outcome {
        WriteOutcome::SkuTaken { .. } => "Somebody used this SKU for another product meanwhile.",
        WriteOutcome::ParentMissing => "Its parent is not there, or is itself a variant.",
        WriteOutcome::HasVariants => "It has variants of its own meanwhile.",
        WriteOutcome::Gone => "Somebody deleted it for good meanwhile.",
        WriteOutcome::Moved { .. } | WriteOutcome::Applied { .. } => "It could not be written.",
    }
}
