//! Plans the rows of a file, chunk by chunk: each against what is there now and against the rest
//! of the file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::task::JoinHandle;

use super::file_index::RowPosition;
use super::look_alikes::LookAlikes;
use super::match_rows::{FoundRows, RowMatcher};
use super::numbered_item::NumberedItem;
use super::place_rows::{Placed, Placing, Source};
use super::planned_row::{Draft, fate, keep_whole_barcode, planned, refers_to_parent};
use super::tally::Tally;
use csv_io::{Body, Row, Skip};
use domain::error::{Error, Result};
use domain::plan::{Computed, Decision, Existing, Mark, Outcome, PlannedRecord, Problem, propose};
use domain::record::{Field, Record, Schema};
use domain::values::RecordId;
use store::{Neighbours, PlanFile, StagedRecord, Store};

/// Records that name no parent are applied first.
pub const PARENTS: i64 = 2;
/// Children are applied when their parents are there.
pub const CHILDREN: i64 = 3;

/// Plans rows. Rows that name no parent come first, so that the fate of parents is known.
pub struct RowPlanner<'a> {
    store: &'a Store,
    file: &'a PlanFile,
    source: Source<'a>,
    schema: Arc<Schema>,
    placing: Placing,
    /// The records before, on their way into the staging file.
    staging: Option<JoinHandle<Result<()>>>,
    /// What was planned so far.
    pub tally: Tally,
    /// What is to be created, to be compared with what is there, unless that is nothing.
    pub(super) look_alikes: Option<LookAlikes>,
    /// What finds what rows are about, where they do not say it by a code.
    pub(super) matcher: Option<RowMatcher>,
}

/// What is there now, for the rows of one chunk.
struct ExistingRecords {
    records: HashMap<String, Record>,
    /// Records that others name as their parent.
    parents: HashSet<RecordId>,
}

/// An item on its way to a planned record.
struct Planning {
    position: RowPosition,
    offset: u64,
    line: u64,
    implied: bool,
    draft: std::result::Result<Box<Draft>, Skip>,
}

impl<'a> RowPlanner<'a> {
    /// A planner for one file.
    pub fn new(store: &'a Store, file: &'a PlanFile, source: Source<'a>) -> Self {
        Self {
            store,
            file,
            source,
            schema: store.schema(),
            placing: Placing::default(),
            staging: None,
            tally: Tally::default(),
            look_alikes: None,
            matcher: None,
        }
    }

    /// Plans one chunk, and stages it while the next one is planned.
    pub async fn plan(&mut self, phase: i64, mut items: Vec<NumberedItem>) -> Result<()> {
        let mut found = match &mut self.matcher {
            Some(matcher) => {
                matcher
                    .match_rows(self.store, self.source, &mut items)
                    .await?
            }
            None => FoundRows::default(),
        };
        let there = std::mem::take(&mut found.there);
        let now = self.now(&items, there).await?;
        let planning = items.into_iter().map(|item| self.draft(item, &now));
        let planning: Vec<Planning> = planning.collect();
        let neighbours = self.neighbours(&planning).await?;
        let staged: Vec<StagedRecord> = planning
            .into_iter()
            .map(|planning| self.stage(phase, planning, &now, &neighbours))
            .collect();
        let staged = self.with_margins(staged, &found, &now);
        for record in &staged {
            self.tally.add(&record.record);
            if let Some(look_alikes) = &mut self.look_alikes {
                look_alikes.add(&record.record);
            }
        }
        self.staged().await?;
        let file = self.file.clone();
        self.staging = Some(tokio::spawn(async move { file.insert(&staged).await }));
        Ok(())
    }

    /// The same records with what becomes of the margin.
    fn with_margins(
        &self,
        mut staged: Vec<StagedRecord>,
        found: &FoundRows,
        now: &ExistingRecords,
    ) -> Vec<StagedRecord> {
        let Some(matcher) = &self.matcher else {
            return staged;
        };
        let amount = matcher.amount();
        for StagedRecord { record, .. } in &mut staged {
            let new = record.changes.iter().find(|change| change.field == amount);
            let Some(new) = new.filter(|_| record.outcome.is_applied()) else {
                continue;
            };
            let there = now.records.get(&record.code);
            let old = there.and_then(|there| there.fields.get(amount).as_number());
            let amounts = [old, new.new.as_number()];
            let note = matcher.margin(found, &record.code, amounts);
            record.field_notes.extend(note);
        }
        staged
    }

    /// Waits until everything that was planned is staged.
    pub async fn staged(&mut self) -> Result<()> {
        let Some(staging) = self.staging.take() else {
            return Ok(());
        };
        staging.await.map_err(|panic| {
            Error::internal(format!("Staging the plan stopped unexpectedly: {panic}."))
        })?
    }

    /// What is there for these rows; some of it may have been read already.
    async fn now(&self, items: &[NumberedItem], there: Vec<Record>) -> Result<ExistingRecords> {
        let kind = self.source.kind;
        let rows = items.iter().filter_map(|item| match &item.item.body {
            Body::Record(row) => Some(row),
            Body::Skipped(_) => None,
        });
        let codes = rows.map(|row| row.text(kind.code()));
        let by_code = |record: Record| (record.code().to_owned(), record);
        let mut records: HashMap<String, Record> = there.into_iter().map(by_code).collect();
        let unread = codes.filter(|code| !code.is_empty() && !records.contains_key(*code));
        let unread: Vec<&str> = unread.collect();
        let found = self.store.find_by_codes(kind, &unread).await?.into_iter();
        records.extend(found.map(by_code));
        let ids: Vec<RecordId> = records.values().map(|record| record.id).collect();
        let children = self.store.children(kind, &ids).await?.into_iter();
        Ok(ExistingRecords {
            parents: children
                .filter(|(_, children)| children.live > 0)
                .map(|(id, _)| id)
                .collect(),
            records,
        })
    }

    /// What the records that refer to others would meet.
    async fn neighbours(&self, planning: &[Planning]) -> Result<Neighbours> {
        let drafts = planning.iter().filter_map(|of| of.draft.as_ref().ok());
        let placed = drafts.filter(|draft| draft.is_placed());
        let records: Vec<Record> = placed.map(|draft| draft.record.clone()).collect();
        if records.is_empty() {
            return Ok(Neighbours::default());
        }
        let mut neighbours = self.store.neighbours(&records).await?;
        self.placing
            .add_planned(self.source.kind, &records, &mut neighbours);
        Ok(neighbours)
    }

    fn draft(&self, numbered: NumberedItem, now: &ExistingRecords) -> Planning {
        let NumberedItem { number, item } = numbered;
        let position = RowPosition {
            number,
            line: u32::try_from(item.line).unwrap_or(u32::MAX),
        };
        Planning {
            position,
            offset: item.offset,
            line: item.line,
            implied: item.implied,
            draft: match item.body {
                Body::Skipped(reason) => Err(reason),
                Body::Record(row) => Ok(Box::new(self.propose(position, row, now))),
            },
        }
    }

    fn propose(&self, position: RowPosition, mut row: Row, now: &ExistingRecords) -> Draft {
        let kind = self.source.kind;
        let existing = now.records.get(row.text(kind.code()));
        if let Some(there) = existing {
            keep_whole_barcode(&mut row, there);
        }
        let code = row.text(kind.code());
        let computed: Vec<Computed> = match kind.sum_field() {
            Some(field) if self.is_parent(code, existing, now) => vec![Computed {
                field,
                why: "it is the sum of what stands below it.",
            }],
            _ => Vec::new(),
        };
        let existing = Existing {
            kind,
            record: existing,
            computed: &computed,
        };
        let decision = propose(&self.schema, existing, &row.values, self.source.only);
        let blank = || Record::blank(kind, RecordId::new());
        let mut record = existing.record.cloned().unwrap_or_else(blank);
        record.fields = decision.after.clone();
        Draft {
            position,
            row,
            decision,
            record,
        }
    }

    /// Whether others name it as their parent, or will. A row that names one which is a child
    /// itself is wrong, and makes no parent of it.
    fn is_parent(&self, code: &str, existing: Option<&Record>, now: &ExistingRecords) -> bool {
        let index = self.source.index;
        let is_named = index.is_parent(code) && !index.is_child(code);
        is_named || existing.is_some_and(|record| now.parents.contains(&record.id))
    }

    fn stage(
        &mut self,
        phase: i64,
        planning: Planning,
        now: &ExistingRecords,
        neighbours: &Neighbours,
    ) -> StagedRecord {
        let marks = match &planning.draft {
            Err(Skip::LeftOut) => vec![Mark::LeftOut],
            Err(_) => Vec::new(),
            Ok(draft) => {
                let fixed = draft.row.fixed.then_some(Mark::Fixed);
                let missing = draft.row.missing.then_some(Mark::NotFound);
                fixed.into_iter().chain(missing).collect()
            }
        };
        let mut record = match planning.draft {
            Err(reason) => PlannedRecord {
                notes: vec![reason.to_string()],
                ..PlannedRecord::new(self.source.kind, Outcome::Skipped)
            },
            Ok(draft) => self.finish(*draft, now, neighbours),
        };
        record.number = i64::from(planning.position.number);
        record.line = i64::try_from(planning.line).ok();
        record.implied = planning.implied;
        StagedRecord {
            record,
            phase,
            byte: i64::try_from(planning.offset).unwrap_or_default(),
            marks,
        }
    }

    fn finish(
        &mut self,
        mut draft: Draft,
        now: &ExistingRecords,
        neighbours: &Neighbours,
    ) -> PlannedRecord {
        let mut problems = std::mem::take(&mut draft.row.problems);
        let notes = std::mem::take(&mut draft.row.notes);
        let field_notes = std::mem::take(&mut draft.row.field_notes);
        let code = draft.row.text(self.source.kind.code()).to_owned();
        let existing = now.records.get(&code);
        let duplicate = self.duplicate(draft.position, &code);
        let is_duplicate = duplicate.is_some();
        problems.extend(duplicate);
        if draft.decision.outcome != Outcome::Skipped {
            problems.extend(self.broken_rules(&draft.decision, &problems));
            if !is_duplicate {
                let is_wrong = !problems.is_empty();
                problems.extend(self.misplaced(&mut draft, neighbours, is_wrong));
            }
        }
        let becomes_child = refers_to_parent(&draft.record);
        let mut record = planned(&code, existing, draft, problems);
        record.notes.splice(0..0, notes);
        record.field_notes = field_notes;
        if self.source.index.is_parent(&code) && !is_duplicate {
            let fate = fate(&record, existing, becomes_child);
            self.placing.note_parent(&code, fate);
        }
        record
    }

    fn duplicate(&self, position: RowPosition, code: &str) -> Option<Problem> {
        let first = self
            .source
            .index
            .first(code)
            .filter(|first| *first != position)?;
        let field = self.source.kind.code();
        let label = self.schema.label(field);
        Some(self.source.problem(
            field,
            code,
            format!("{label} already used on line {}.", first.line),
            "Keep one of the two rows: only the first one is imported.",
        ))
    }

    /// Broken rules of the record; what the reader already said of a field is not repeated. What
    /// the record of a row without a code lacks is unknown.
    fn broken_rules(&self, decision: &Decision, known: &[Problem]) -> Vec<Problem> {
        if decision.after.get(self.source.kind.code()).is_empty() {
            return Vec::new();
        }
        let told = |field: Field| known.iter().any(|problem| problem.field == Some(field));
        decision
            .problems
            .iter()
            .filter(|(field, _)| !told(*field))
            .map(|(field, message)| {
                let view = self.schema.view(*field);
                let value = decision.after.get(*field).display(view.kind);
                let hint = if self.source.headers.contains_key(field) {
                    "Mend it in the file and import it again.".to_owned()
                } else {
                    let label = view.label;
                    format!("No column feeds the {label}: choose one, or add it to the file.")
                };
                self.source.problem(*field, &value, message.clone(), &hint)
            })
            .collect()
    }

    /// What is wrong with the place of a record among the others. A row that is wrong already takes
    /// no place from the rows below it.
    fn misplaced(
        &mut self,
        draft: &mut Draft,
        neighbours: &Neighbours,
        is_wrong: bool,
    ) -> Vec<Problem> {
        if draft.record.code().is_empty() || !draft.is_placed() {
            return Vec::new();
        }
        let placed = Placed {
            at: draft.position,
            moves: draft.moves(),
            is_wrong,
        };
        self.placing.problems(
            self.source,
            &self.schema,
            neighbours,
            &mut draft.record,
            placed,
        )
    }
}
