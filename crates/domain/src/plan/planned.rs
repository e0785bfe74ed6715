//! One line of a plan: what would happen to one record, and why.

use crate::record::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::change::{Change, Operation};
use super::conflict::{FieldConflict, Resolution};
use crate::record::Field;
use crate::values::{RecordId, Timestamp};

/// What a plan says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is new.
    Create,
    /// Fields change (or it goes to or comes from the trash).
    Update,
    /// Everything is as proposed already.
    Unchanged,
    /// There is nothing in it to import, or the person chose to leave such records out.
    Skipped,
    /// Another user changed the same field to another value: it is kept until a person decides.
    Conflict,
    /// A rule is broken; nothing of it is applied.
    Error,
}

impl Outcome {
    /// Every outcome, in the order in which people read them.
    pub const ALL: [Outcome; 6] = [
        Outcome::Create,
        Outcome::Update,
        Outcome::Unchanged,
        Outcome::Skipped,
        Outcome::Conflict,
        Outcome::Error,
    ];

    /// Whether applying the plan writes such a record.
    pub const fn is_applied(self) -> bool {
        matches!(self, Outcome::Create | Outcome::Update)
    }
}

/// A broken rule, told so that a person can mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// The column of the file, as its header has it; empty when it is about the whole row.
    pub column: String,
    /// The field at fault, when there is one.
    pub field: Option<Field>,
    /// The value as it stands in the file.
    pub value: String,
    /// The rule that it breaks.
    pub message: String,
    /// What to do, when the message does not say it already.
    pub hint: Option<String>,
}

/// What a person should know of a field, when they may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNote {
    /// The field.
    pub field: Field,
    /// The note.
    pub text: String,
}

/// One record of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlannedRecord {
    /// Its number in the plan, from 1.
    pub number: i64,
    /// The line of the file where the record starts; none for an undo.
    pub line: Option<i64>,
    /// Whether no row of the file stands for it (the parent in a Shopify file): it is not counted
    /// among the rows read.
    pub implied: bool,
    /// What happens.
    pub outcome: Outcome,
    /// What is written, for records that are applied; of a conflict what taking the proposal
    /// writes, none where there is nothing to choose.
    pub operation: Option<Operation>,
    /// What kind of record it is.
    pub kind: Kind,
    /// Which record; none where nothing could be matched or made.
    pub record_id: Option<RecordId>,
    /// The version planned against; 0 for a creation. Of a conflict the version at which it was
    /// seen.
    pub expected_version: i64,
    /// What identifies it for people, as far as it is known: the SKU of a product.
    pub code: String,
    /// What it is called, as far as it is known.
    pub title: String,
    /// The changed fields; of a conflict those without one.
    pub changes: Vec<Change>,
    /// Of a conflict, the fields that another user changed too.
    pub conflicts: Vec<FieldConflict>,
    /// What a person decided about the conflict; it stays when the record is written.
    pub resolution: Option<Resolution>,
    /// Of a conflict, who changed the record last, as far as it is known; empty for the system.
    pub changed_by: Option<String>,
    /// When that was.
    pub changed_at: Option<Timestamp>,
    /// Why it is an error.
    pub problems: Vec<Problem>,
    /// What a person should know: why it is skipped or kept, what was derived.
    pub notes: Vec<String>,
    /// Codes that are there and look like its own, when it is new.
    pub alike: Vec<String>,
    /// The same of fields that not everyone may see; those that the user may see are told as notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub field_notes: Vec<FieldNote>,
}

impl PlannedRecord {
    /// A record of which nothing is known yet and nothing is written.
    pub fn new(kind: Kind, outcome: Outcome) -> Self {
        Self {
            number: 0,
            line: None,
            implied: false,
            outcome,
            operation: None,
            kind,
            record_id: None,
            expected_version: 0,
            code: String::new(),
            title: String::new(),
            changes: Vec::new(),
            conflicts: Vec::new(),
            resolution: None,
            changed_by: None,
            changed_at: None,
            problems: Vec::new(),
            notes: Vec::new(),
            alike: Vec::new(),
            field_notes: Vec::new(),
        }
    }
}
