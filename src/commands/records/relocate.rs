//! To the trash, back, and gone for good: a child goes with its parent.

use std::collections::{HashMap, HashSet};

use super::batch::FormBatch;
use super::check::refused;
use super::{KeptRecord, Moved, SelectRecords};
use crate::commands::call::Call;
use crate::jobs::grouped;
use domain::error::{Error, Result};
use domain::plan::{HistoryFilter, HistoryOperation, Operation, Origin, Write};
use domain::record::{Kind, Record};
use domain::values::{BatchId, RecordId};
use store::{BadReference, Known, Refusal, Store, Visible, WriteOutcome};

/// How many records can be selected at once.
const MOST: usize = 5_000;

/// How many entries of a batch are read at a time.
const ENTRIES: i64 = 500;

/// Moves records to the trash.
pub(in crate::commands) async fn trash(
    call: &Call,
    kind: Kind,
    request: SelectRecords,
) -> Result<Moved> {
    let store = call.store()?;
    let mut move_ = Relocation::select(&store, (kind, Operation::Trash), request).await?;
    move_.add(store.children_of(kind, &move_.ids(), false).await?);
    move_.apply(call, &store).await
}

/// Brings records back from the trash.
pub(in crate::commands) async fn restore(
    call: &Call,
    kind: Kind,
    request: SelectRecords,
) -> Result<Moved> {
    let store = call.store()?;
    let mut move_ = Relocation::select(&store, (kind, Operation::Restore), request).await?;
    let along = trashed_along(&store, kind, &move_.records).await?;
    move_.add(along);
    // A parent comes before its children.
    move_
        .records
        .sort_by_key(|record| record.parent().is_some());
    move_.keep_homeless(&store).await?;
    move_.apply(call, &store).await
}

/// Deletes records for good that lie in the trash.
pub(in crate::commands) async fn purge(
    call: &Call,
    kind: Kind,
    request: SelectRecords,
) -> Result<Moved> {
    let store = call.store()?;
    let mut move_ = Relocation::select(&store, (kind, Operation::Purge), request).await?;
    move_.add(store.children_of(kind, &move_.ids(), true).await?);
    move_.apply(call, &store).await
}

/// Records on their way.
struct Relocation {
    kind: Kind,
    operation: Operation,
    records: Vec<Record>,
    kept: Vec<KeptRecord>,
}

impl Relocation {
    async fn select(
        store: &Store,
        (kind, operation): (Kind, Operation),
        request: SelectRecords,
    ) -> Result<Self> {
        let mut ids = request.ids;
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(*id));
        if ids.len() > MOST {
            let plural = kind.def().plural;
            let message = format!("At most {MOST} {plural} can be moved at once.");
            return Err(Error::invalid(message).hint("Select fewer."));
        }
        let found = store.get_many(kind, &ids).await?;
        let there: HashSet<RecordId> = found.iter().map(|record| record.id).collect();
        let gone = ids.iter().filter(|id| !there.contains(id));
        let kept = gone.map(|_| KeptRecord {
            record_id: None,
            code: String::new(),
            reason: "It is not there any more.".into(),
        });
        let mut selected = Self {
            kind,
            operation,
            records: Vec::new(),
            kept: kept.collect(),
        };
        let is_there = operation == Operation::Trash;
        for record in found {
            if record.trashed == is_there {
                let reason = if is_there {
                    "It lies in the trash already."
                } else {
                    "It does not lie in the trash."
                };
                selected.keep(&record, reason);
            } else {
                selected.records.push(record);
            }
        }
        Ok(selected)
    }

    fn ids(&self) -> Vec<RecordId> {
        self.records.iter().map(|record| record.id).collect()
    }

    fn keep(&mut self, record: &Record, reason: impl Into<String>) {
        self.kept.push(KeptRecord {
            record_id: Some(record.id),
            code: record.code().to_owned(),
            reason: reason.into(),
        });
    }

    /// Adds those that are not selected yet.
    fn add(&mut self, records: Vec<Record>) {
        let seen: HashSet<RecordId> = self.ids().into_iter().collect();
        let new = records
            .into_iter()
            .filter(|record| !seen.contains(&record.id));
        self.records.extend(new);
    }

    /// Keeps back records that cannot come back: their parent stays in the trash, or their place was
    /// taken meanwhile.
    async fn keep_homeless(&mut self, store: &Store) -> Result<()> {
        let mut neighbours = store.neighbours(&self.records).await?;
        for record in &self.records {
            neighbours.add(Known {
                trashed: false,
                ..Known::of(record)
            });
        }
        for mut record in std::mem::take(&mut self.records) {
            match neighbours.check(&mut record) {
                Ok(()) | Err(Refusal::CodeTaken { .. }) => self.records.push(record),
                Err(refusal) => {
                    let reason = self.why(store, &record, &refusal).await?;
                    self.keep(&record, reason);
                }
            }
        }
        Ok(())
    }

    /// Why a record stays where it is.
    async fn why(&self, store: &Store, record: &Record, refusal: &Refusal) -> Result<String> {
        let parent = self.kind.parent_field();
        Ok(match refusal {
            Refusal::Reference {
                field,
                why: BadReference::Trashed,
            } if Some(*field) == parent => {
                let code = record.fields.text(*field);
                format!("Its parent {code} lies in the trash. Restore {code}.")
            }
            Refusal::HasChildren if self.operation != Operation::Restore => {
                let nesting = self.kind.nesting();
                let children = nesting.map_or("others", |nesting| nesting.children);
                format!("It has {children} that do not lie in the trash.")
            }
            refusal => refused(store, record, refusal)
                .await?
                .map_or_else(|| "It cannot stand there.".to_owned(), |(_, rule)| rule),
        })
    }

    async fn apply(mut self, call: &Call, store: &Store) -> Result<Moved> {
        if self.records.is_empty() {
            return Ok(self.moved(0, None));
        }
        let label = self.label();
        if self.operation != Operation::Restore {
            // Children go before their parent: it cannot go while it has any.
            self.records.sort_by_key(|record| record.parent().is_none());
        }
        let writes: Vec<Write> = self.records.iter().map(|of| self.write(of)).collect();
        let form = FormBatch::begin(call, self.origin(), label).await?;
        let batch = form.id;
        let outcomes = form.apply(&writes).await?;
        form.finish(&writes, &outcomes).await?;
        let records = std::mem::take(&mut self.records);
        let mut moved = 0;
        for (record, outcome) in records.iter().zip(outcomes) {
            match outcome {
                WriteOutcome::Applied { .. } => moved += 1,
                WriteOutcome::Gone => self.keep(record, "It is not there any more."),
                WriteOutcome::Moved { .. } => {
                    self.keep(record, "It was changed at this moment. Try again.");
                }
                WriteOutcome::Refused(refusal) => {
                    let reason = self.why(store, record, &refusal).await?;
                    self.keep(record, reason);
                }
            }
        }
        Ok(self.moved(moved, Some(batch)))
    }

    fn write(&self, record: &Record) -> Write {
        Write {
            kind: self.kind,
            id: record.id,
            operation: self.operation,
            expected_version: record.version,
            changes: Vec::new(),
        }
    }

    fn origin(&self) -> Origin {
        match self.operation {
            Operation::Trash => Origin::Trash,
            Operation::Restore => Origin::Restore,
            Operation::Purge => Origin::Purge,
            Operation::Create | Operation::Update => Origin::Form,
        }
    }

    fn label(&self) -> String {
        let first = self.records.first().map_or("", Record::code);
        match self.records.len() {
            0 | 1 => first.to_owned(),
            many => format!("{first} and {} more", grouped(many - 1)),
        }
    }

    fn moved(self, moved: i64, batch: Option<BatchId>) -> Moved {
        Moved {
            moved,
            kept: self.kept,
            batch_id: batch.filter(|_| moved > 0),
        }
    }
}

/// The children that went to the trash in the same batch as their parents: they come back with
/// them. A child that was trashed by itself before stays there.
async fn trashed_along(store: &Store, kind: Kind, parents: &[Record]) -> Result<Vec<Record>> {
    let mut batches: HashMap<BatchId, HashSet<RecordId>> = HashMap::new();
    for parent in parents.iter().filter(|parent| parent.parent().is_none()) {
        if let Some(batch) = trashed_by(store, kind, parent.id).await? {
            batches.entry(batch).or_default().insert(parent.id);
        }
    }
    let mut along = Vec::new();
    for (batch, parents) in batches {
        let trashed = trashed_in(store, kind, batch).await?;
        let records = store.get_many(kind, &trashed).await?.into_iter();
        let is_along = |record: &Record| {
            let parent = record.parent();
            record.trashed && parent.is_some_and(|parent| parents.contains(&parent))
        };
        along.extend(records.filter(is_along));
    }
    Ok(along)
}

async fn trashed_by(store: &Store, kind: Kind, id: RecordId) -> Result<Option<BatchId>> {
    let filter = HistoryFilter {
        record: Some(id),
        ..HistoryFilter::default()
    };
    let visible = Visible(vec![kind]);
    let history = store
        .history(&filter, &visible, None, super::HISTORY)
        .await?;
    let mut history = history.into_iter();
    let trashed = history.find(|entry| entry.operation == HistoryOperation::Trash);
    Ok(trashed.map(|entry| entry.batch_id))
}

async fn trashed_in(store: &Store, kind: Kind, batch: BatchId) -> Result<Vec<RecordId>> {
    let mut trashed = Vec::new();
    let visible = Visible(vec![kind]);
    let mut offset = 0;
    loop {
        let (entries, total) = store
            .entries_of_batch(batch, &visible, offset, ENTRIES)
            .await?;
        let entries = entries.into_iter();
        let gone = entries.filter(|entry| entry.operation == HistoryOperation::Trash);
        trashed.extend(gone.map(|entry| entry.record_id));
        offset += ENTRIES;
        if offset >= total {
            return Ok(trashed);
        }
    }
}
