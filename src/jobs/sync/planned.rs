//! What the plan says of one listing: what comes here, what goes there, what a person decides.

use domain::channel::{
    Dispute, ItemRole, LISTING, Listing, ListingMerge, ListingProblem, ShopItem, Sides, Sight,
    merge_listing,
};
use domain::plan::{Change, FieldNote, Operation, Outcome, PlannedRecord, Problem};
use domain::record::{Field, Record, Schema};
use domain::values::{RecordId, Timestamp};
use store::{SettledListing, StagedRecord};

use super::shop::{Shop, role};
use crate::jobs::plan_rows::{CHILDREN, PARENTS};

/// The phase of records that are sent to a shop: after all that is written here.
pub(in crate::jobs) const ELSEWHERE: i64 = 5;

/// The phase of stock, which is told after all else.
pub(super) const STOCK_PHASE: i64 = 6;

/// A listing with the product that it is linked to.
pub(super) struct Pair<'a> {
    pub(super) listing: &'a Listing,
    pub(super) item: &'a ShopItem,
    pub(super) record: &'a Record,
    /// Whether the product has variants here.
    pub(super) has_variants: bool,
}

/// What comes of a pair.
#[derive(Default)]
pub(super) struct PairPlan {
    pub(super) staged: Vec<StagedRecord>,
    /// What is known now, and no change on either side.
    pub(super) settled: Option<SettledListing>,
}

impl Pair<'_> {
    /// The merge of the two sides.
    pub(super) fn merge(&self, schema: &Schema, shop: &Shop) -> ListingMerge {
        let sides = Sides {
            schema,
            ours: &self.record.fields,
            own: &self.listing.own,
            theirs: &self.item.values,
            role: role(self.item),
            agreed: &self.listing.agreed,
        };
        merge_listing(sides, &shop.fields)
    }

    /// Plans the pair.
    pub(super) fn plan(&self, schema: &Schema, shop: &Shop, now: Timestamp) -> PairPlan {
        if let Some(why) = self.misfit() {
            return self.kept_back(Outcome::Error, why, now);
        }
        if self.record.trashed {
            let why = "It lies in the trash here. Restore it, or leave it alone in this shop.";
            return self.kept_back(Outcome::Skipped, why, now);
        }
        let merged = self.merge(schema, shop);
        let broken = self.broken(schema, &merged);
        let standing = self.standing(&merged, shop.sight());
        let problem = {
            let problems = broken.iter().flat_map(|staged| &staged.record.problems);
            found_problem(self.listing, problems, now)
        };
        let settled = self.settled(&merged, standing, problem);
        let mut staged = Vec::new();
        staged.extend(self.pulled(&merged));
        staged.extend(self.disputed(&merged));
        staged.extend(self.pushed(&merged));
        staged.extend(broken);
        if staged.is_empty() {
            staged.push(self.unchanged());
        }
        PairPlan { staged, settled }
    }

    /// Why the two cannot be kept in step: a product with variants on one side alone.
    fn misfit(&self) -> Option<&'static str> {
        match (role(self.item), self.has_variants) {
            (ItemRole::Single | ItemRole::Variant, true) => Some(
                "It has variants here and none in the shop. Link its variants one by one, or leave it alone.",
            ),
            (ItemRole::Parent, false) => Some(
                "It has variants in the shop and none here. Link the variant that it is, or make variants here.",
            ),
            _ => None,
        }
    }

    /// It takes no part in the sync, and stands among the failures until it does.
    fn kept_back(&self, outcome: Outcome, why: &str, now: Timestamp) -> PairPlan {
        let staged = self.refused(outcome, why);
        let found = found_problem(self.listing, &[problem(None, why.to_owned())], now);
        let settled = found.map(|problem| SettledListing {
            problem: Some(problem),
            ..SettledListing::of(self.listing.id)
        });
        PairPlan {
            staged: vec![staged],
            settled,
        }
    }

    /// How the two stand to each other.
    fn standing(&self, merged: &ListingMerge, sight: Sight) -> Standing {
        let in_step = |is_meant: fn(Field) -> bool| !merged.left().any(is_meant);
        let mut disputes = merged.conflicts.iter().map(|conflict| conflict.field);
        let before = self.listing.dispute;
        let dispute = match (merged.conflicts.is_empty(), sight) {
            (false, _) if disputes.any(is_open) => Dispute::Open,
            (false, _) => Dispute::Hidden,
            (true, Sight::Open) if before == Dispute::Hidden => before,
            (true, _) => Dispute::None,
        };
        Standing {
            is_done: sight == Sight::Whole && in_step(|_| true),
            is_open_done: in_step(is_open),
            dispute,
        }
    }

    /// What both sides hold already, how they stand to each other, and what keeps them from being in step.
    fn settled(
        &self,
        merged: &ListingMerge,
        standing: Standing,
        problem: Option<Option<ListingProblem>>,
    ) -> Option<SettledListing> {
        let is_news = standing.is_open_done
            || standing.dispute != self.listing.dispute
            || problem.is_some()
            || !merged.agreed.is_empty();
        let done_at = |is_done: bool| is_done.then_some(self.record.version);
        is_news.then(|| SettledListing {
            agreed: merged.agreed.iter().cloned().collect(),
            settled_at: done_at(standing.is_done),
            open_settled_at: done_at(standing.is_open_done),
            dispute: Some(standing.dispute),
            problem: problem.or(standing.is_done.then_some(None)),
            ..SettledListing::of(self.listing.id)
        })
    }

    fn blank(&self, outcome: Outcome) -> PlannedRecord {
        PlannedRecord {
            record_id: Some(self.record.id),
            expected_version: self.record.version,
            code: self.record.code().to_owned(),
            title: self.record.title().to_owned(),
            ..PlannedRecord::new(self.record.kind, outcome)
        }
    }

    fn here(&self, record: PlannedRecord) -> StagedRecord {
        let phase = match self.record.parent() {
            Some(_) => CHILDREN,
            None => PARENTS,
        };
        staged(phase, record)
    }

    fn refused(&self, outcome: Outcome, why: &str) -> StagedRecord {
        let mut record = self.blank(outcome);
        match outcome {
            Outcome::Error => record.problems.push(problem(None, why.to_owned())),
            _ => record.notes.push(why.to_owned()),
        }
        self.here(record)
    }

    fn unchanged(&self) -> StagedRecord {
        self.here(self.blank(Outcome::Unchanged))
    }

    fn pulled(&self, merged: &ListingMerge) -> Option<StagedRecord> {
        if merged.pulls.is_empty() {
            return None;
        }
        let changes: Vec<Change> = merged
            .pulls
            .iter()
            .map(|(change, _)| change.clone())
            .collect();
        let field_notes = notes_of(merged, |field| {
            merged.pulls.iter().any(|(change, _)| change.field == field)
        });
        Some(self.here(PlannedRecord {
            operation: Some(Operation::Update),
            changes,
            field_notes,
            ..self.blank(Outcome::Update)
        }))
    }

    fn disputed(&self, merged: &ListingMerge) -> Option<StagedRecord> {
        if merged.conflicts.is_empty() {
            return None;
        }
        Some(self.here(PlannedRecord {
            operation: Some(Operation::Update),
            conflicts: merged.conflicts.clone(),
            ..self.blank(Outcome::Conflict)
        }))
    }

    fn pushed(&self, merged: &ListingMerge) -> Option<StagedRecord> {
        if merged.pushes.is_empty() {
            return None;
        }
        let changes = merged.pushes.iter().map(|push| push.change.clone());
        let field_notes = notes_of(merged, |field| {
            merged.pushes.iter().any(|push| push.change.field == field)
        });
        let record = PlannedRecord {
            operation: Some(Operation::Update),
            record_id: Some(self.listing.id),
            changes: changes.collect(),
            field_notes,
            ..self.blank(Outcome::Update)
        };
        Some(elsewhere(record))
    }

    fn broken(&self, schema: &Schema, merged: &ListingMerge) -> Option<StagedRecord> {
        if merged.problems.is_empty() {
            return None;
        }
        let problems = merged.problems.iter().map(|(field, why)| {
            let label = schema.label(*field);
            problem(Some(*field), format!("{label}: {why}"))
        });
        Some(self.here(PlannedRecord {
            problems: problems.collect(),
            ..self.blank(Outcome::Error)
        }))
    }
}

/// How both sides of a listing stand to each other.
#[derive(Clone, Copy)]
struct Standing {
    /// Nothing is left to do.
    is_done: bool,
    /// Nothing is left to do in the fields that everyone may see.
    is_open_done: bool,
    /// What no user decided on yet.
    dispute: Dispute,
}

/// Whether everyone may see a field.
fn is_open(field: Field) -> bool {
    field.needs().is_none()
}

/// What is kept of what keeps a listing from being synced, found before anything is sent; none where that is known
/// already. What a field that needs a right breaks is told by plans alone, to those who may see it.
pub(super) fn found_problem<'a>(
    listing: &Listing,
    problems: impl IntoIterator<Item = &'a Problem>,
    now: Timestamp,
) -> Option<Option<ListingProblem>> {
    let open = problems
        .into_iter()
        .filter(|problem| problem.field.is_none_or(is_open));
    let messages: Vec<&str> = open.map(|problem| problem.message.as_str()).collect();
    let message = messages.join(" ");
    match (&listing.problem, message.is_empty()) {
        (Some(before), true) => before.is_planned.then_some(None),
        (None, true) => None,
        (Some(before), false) if before.message == message || !before.is_planned => None,
        (_, false) => Some(Some(ListingProblem {
            message,
            hint: "Mend it here or in the shop, then sync again.".to_owned(),
            at: now,
            tries: 0,
            retries: false,
            request_id: None,
            is_planned: true,
            is_hidden: false,
            may_quote: false,
        })),
    }
}

fn notes_of(merged: &ListingMerge, is_meant: impl Fn(Field) -> bool) -> Vec<FieldNote> {
    let notes = merged.notes.iter().filter(|(field, _)| is_meant(*field));
    notes
        .map(|(field, text)| FieldNote {
            field: *field,
            text: text.clone(),
        })
        .collect()
}

/// A broken rule.
pub(super) fn problem(field: Option<Field>, message: String) -> Problem {
    Problem {
        column: String::new(),
        field,
        value: String::new(),
        message,
        hint: None,
    }
}

/// A record in a phase of applying.
pub(super) fn staged(phase: i64, record: PlannedRecord) -> StagedRecord {
    StagedRecord {
        record,
        phase,
        byte: 0,
        marks: Vec::new(),
    }
}

/// A record that is sent to the shop, after all that is written here.
pub(super) fn elsewhere(record: PlannedRecord) -> StagedRecord {
    let record = PlannedRecord {
        kind: LISTING,
        ..record
    };
    staged(ELSEWHERE, record)
}

/// The listing that a planned record is sent to.
pub(super) fn listing_of(record: &PlannedRecord) -> Option<RecordId> {
    record.record_id.filter(|_| record.kind == LISTING)
}
