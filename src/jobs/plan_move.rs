//! Plans to move many records: to the trash, back from it, or out of it for good. A few are moved at
//! once; what is more than a person selects one by one is a plan, which is read before, applied in
//! sets, stopped and undone like any other.

use std::collections::HashSet;

use super::export::{Exported, stream};
use super::plan::{Plan, PlanMeta};
use super::plan_undo::phase;
use super::plan_warning::grouped;
use super::registry::Progress;
use super::tally::Tally;
use domain::error::{Error, Result};
use domain::plan::{Operation, Origin, Outcome, PlannedRecord};
use domain::record::{Kind, Record};
use domain::values::{RecordId, Timestamp};
use store::{StagedRecord, Store};

/// Which records are moved, and where to.
#[derive(Debug, Clone)]
pub struct Moving {
    /// Of which kind.
    pub kind: Kind,
    /// Which ones.
    pub which: Exported,
    /// Which of them stay where they are.
    pub except: HashSet<RecordId>,
    /// To the trash, back from it, or deleted for good.
    pub operation: Operation,
}

impl Moving {
    /// Where such a batch comes from.
    pub fn origin(&self) -> Origin {
        match self.operation {
            Operation::Trash => Origin::Trash,
            Operation::Restore => Origin::Restore,
            Operation::Purge => Origin::Purge,
            Operation::Create | Operation::Update => Origin::BulkEdit,
        }
    }
}

/// Makes the plan of the move in the empty `plan`.
pub async fn plan_move(
    progress: &Progress,
    store: &Store,
    plan: &Plan,
    moving: &Moving,
    now: Timestamp,
) -> Result<()> {
    let (mut records, total) = stream(store, moving.kind, (&moving.which, &moving.except)).await?;
    progress.step("Planning", total);
    let mut planner = MovePlanner {
        store,
        plan,
        moving,
        tally: Tally::default(),
        seen: HashSet::new(),
        first: String::new(),
        number: 0,
    };
    loop {
        progress.check()?;
        let page = records.next().await?;
        if page.is_empty() {
            break;
        }
        planner.add(page).await?;
        progress.done(planner.number.min(total));
    }
    if planner.number == 0 {
        let plural = moving.kind.def().plural;
        let message = format!("There are no {plural} to move any more.");
        return Err(Error::invalid(message).hint("Look at the list again."));
    }
    let (schema, origin, label) = (store.schema(), moving.origin(), planner.label());
    let meta = PlanMeta::ready(&schema, origin, label, now, &planner.tally);
    plan.save(&meta).await
}

struct MovePlanner<'a> {
    store: &'a Store,
    plan: &'a Plan,
    moving: &'a Moving,
    tally: Tally,
    seen: HashSet<RecordId>,
    /// The code of the first record.
    first: String,
    number: i64,
}

impl MovePlanner<'_> {
    /// Plans records, and the children that go with them.
    async fn add(&mut self, page: Vec<Record>) -> Result<()> {
        let lie_in_trash = self.moving.operation != Operation::Trash;
        let page: Vec<Record> = page
            .into_iter()
            .filter(|record| record.trashed == lie_in_trash)
            .collect();
        let children = self.children(&page).await?;
        let mut staged = Vec::new();
        for record in page.iter().chain(&children) {
            if self.seen.insert(record.id) {
                staged.push(self.staged(record));
            }
        }
        for planned in &staged {
            self.tally.add(&planned.record);
        }
        self.plan.file.insert(&staged).await
    }

    /// The children of these records that are where they are; of those that come back, the ones that
    /// went to the trash together with their parent.
    async fn children(&self, parents: &[Record]) -> Result<Vec<Record>> {
        let Moving {
            kind, operation, ..
        } = *self.moving;
        let ids: Vec<RecordId> = parents.iter().map(|record| record.id).collect();
        let trashed = operation != Operation::Trash;
        let mut children = self.store.children_of(kind, &ids, trashed).await?;
        if operation == Operation::Restore && !children.is_empty() {
            children.retain(|child| !self.moving.except.contains(&child.id));
            let of_children = children.iter().map(|child| child.id);
            let asked: Vec<RecordId> = of_children.chain(ids).collect();
            let last = self.store.last_changes(&asked).await?;
            let batch = |id: RecordId| last.get(&id).map(|change| change.batch);
            children.retain(|child| {
                let parent = child.parent().and_then(batch);
                parent.is_some() && parent == batch(child.id)
            });
        }
        Ok(children)
    }

    fn staged(&mut self, record: &Record) -> StagedRecord {
        let operation = Some(self.moving.operation);
        if self.number == 0 {
            self.first = record.code().to_owned();
        }
        self.number += 1;
        StagedRecord {
            phase: phase(operation, Some(record), &[]),
            byte: 0,
            marks: Vec::new(),
            record: PlannedRecord {
                number: self.number,
                operation,
                record_id: Some(record.id),
                expected_version: record.version,
                code: record.code().to_owned(),
                title: record.title().to_owned(),
                ..PlannedRecord::new(record.kind, Outcome::Update)
            },
        }
    }

    fn label(&self) -> String {
        match self.number {
            0 | 1 => self.first.clone(),
            many => format!("{} and {} more", self.first, grouped(many - 1)),
        }
    }
}
