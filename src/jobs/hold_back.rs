//! Records that cannot be written as planned become conflicts, with all that a person needs to
//! decide: the three values of each field, who changed the record last, and when.

use domain::record::Kind;
use domain::record::Schema;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::plan::PlanMeta;
use domain::error::Result;
use domain::plan::{Dispute, Operation, Outcome, Write, dispute};
use domain::record::Record;
use domain::values::RecordId;
use store::{LastChange, Refusal, StagedRecord, Store, WriteOutcome};

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
    /// The other record that has the code of what was to be created: the file means that one.
    fn namesake(&self) -> Option<RecordId> {
        match self.outcome {
            WriteOutcome::Refused(Refusal::CodeTaken { by })
                if self.write.operation == Operation::Create =>
            {
                Some(by)
            }
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
    let mut by_kind: BTreeMap<Kind, Vec<RecordId>> = BTreeMap::new();
    let mut namesakes = HashMap::new();
    for refused in &refused {
        let id = refused.namesake().unwrap_or(refused.write.id);
        by_kind.entry(refused.write.kind).or_default().push(id);
    }
    let mut parents = HashSet::new();
    for (kind, ids) in &by_kind {
        let meant = refused.iter().filter(|refused| refused.write.kind == *kind);
        let meant: Vec<RecordId> = meant.filter_map(Refused::namesake).collect();
        let found = store.get_many(*kind, &meant).await?.into_iter();
        namesakes.extend(found.map(|record| (record.id, record)));
        let children = store.children(*kind, ids).await?.into_iter();
        parents.extend(children.filter(|(_, of)| of.live > 0).map(|(id, _)| id));
    }
    let ids: Vec<RecordId> = by_kind.into_values().flatten().collect();
    let now = CurrentState {
        schema: store.schema(),
        namesakes,
        parents,
        last_changes: store.last_changes(&ids).await?,
    };
    Ok(refused
        .into_iter()
        .map(|refused| now.hold_back(refused, meta))
        .collect())
}

/// What is there now, for the records that were refused.
struct CurrentState {
    schema: Arc<Schema>,
    namesakes: HashMap<RecordId, Record>,
    /// Records with children: what is the sum of theirs is not for a file to set.
    parents: HashSet<RecordId>,
    last_changes: HashMap<RecordId, LastChange>,
}

impl CurrentState {
    fn hold_back(&self, refused: Refused, meta: &mut PlanMeta) -> StagedRecord {
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
            let sum = write.kind.sum_field();
            write.changes.retain(|change| Some(change.field) != sum);
        }
        let disputed = met.map(|current| (current, dispute(&self.schema, &write, current)));
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
            return record.hold_back(why_for_good(&self.schema, record.kind, outcome), None);
        };
        record.record_id = Some(current.id);
        record.expected_version = current.version;
        if let Some(last) = self.last_changes.get(&current.id) {
            record.changed_by = Some(last.person.clone());
            record.changed_at = Some(last.at);
        }
        let who = who(record.changed_by.as_deref());
        let why = why(&self.schema, &dispute, (who, current), outcome);
        record.hold_back(why, Some(dispute));
    }
}

/// Who it was, at the beginning of a sentence: the system itself has no name.
fn who(person: Option<&str>) -> &str {
    person
        .filter(|name| !name.is_empty())
        .unwrap_or("Another program")
}

/// Why a record is kept that a person can decide about.
fn why(
    schema: &Schema,
    dispute: &Dispute,
    (who, current): (&str, &Record),
    outcome: &WriteOutcome,
) -> String {
    let labels = dispute.conflicts.iter().map(|c| schema.label(c.field));
    let labels: Vec<&str> = labels.collect();
    let kind = current.kind;
    match outcome {
        WriteOutcome::Refused(Refusal::CodeTaken { .. }) => {
            let (label, code) = (kind.def().label, schema.label(kind.code()));
            format!("{who} made a {label} with this {code} meanwhile.")
        }
        _ if !labels.is_empty() => format!("{who} changed it meanwhile: {}.", labels.join(", ")),
        _ if current.trashed => format!("{who} moved it to the trash meanwhile."),
        _ => format!("{who} edited or restored it meanwhile."),
    }
}

/// Why a record is kept, and there is nothing to choose.
fn why_for_good(schema: &Schema, kind: Kind, outcome: &WriteOutcome) -> String {
    let def = kind.def();
    match outcome {
        WriteOutcome::Refused(Refusal::CodeTaken { .. }) => {
            let code = schema.label(kind.code());
            format!("Another {} has this {code} meanwhile.", def.label)
        }
        WriteOutcome::Refused(Refusal::Twin { code, what, .. }) => {
            let other = code.as_deref().unwrap_or("Another one");
            format!("{other} has the same {what} meanwhile.")
        }
        WriteOutcome::Refused(Refusal::Reference { field, .. }) => {
            let label = schema.label(*field);
            format!("{label}: what it names is not there, or cannot be named.")
        }
        WriteOutcome::Refused(Refusal::HasChildren) => {
            let children = def.nesting.map_or("records", |nesting| nesting.children);
            format!("It has {children} of its own meanwhile.")
        }
        WriteOutcome::Refused(Refusal::Full) => {
            let children = def.nesting.map_or("records", |nesting| nesting.children);
            format!("Its parent has as many {children} as one may have.")
        }
        WriteOutcome::Refused(Refusal::TooManyNames { what, most, .. }) => {
            format!("Its parent would have more than {most} {what}.")
        }
        WriteOutcome::Refused(Refusal::Fixed { field }) => {
            format!("{} cannot be changed any more.", schema.label(*field))
        }
        WriteOutcome::Refused(Refusal::Referred { by }) => {
            format!("There are {} of it meanwhile.", by.def().plural)
        }
        WriteOutcome::Gone => "It was deleted for good meanwhile.".to_owned(),
        WriteOutcome::Moved { .. } | WriteOutcome::Applied { .. } => {
            "It could not be written.".to_owned()
        }
    }
}
