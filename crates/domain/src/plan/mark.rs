//! What a planned record is pointed out for: what people filter a plan by besides its outcomes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::change::{Change, Operation};
use super::planned::{Outcome, PlannedRecord, Problem};
use crate::record::{Field, Watch};
use crate::values::{barcode_digits, barcode_fault};

/// A rule is told in at most so many characters.
const RULE_CHARS: usize = 200;
/// How much a change counts for that starts at nothing.
const FROM_NOTHING: i64 = 1_000_000_000;

/// What a planned record is pointed out for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Mark {
    /// The value of a field rises or falls by more than a fifth.
    Jumps {
        /// Of which field.
        field: Field,
    },
    /// The value of a field falls to nothing.
    FallsToZero {
        /// Of which field.
        field: Field,
    },
    /// Its code looks like that of another row of the file.
    LookAlike,
    /// It is new, and its code looks like one that is there.
    LooksLikeExisting,
    /// Its barcode stands on another row of the file, too.
    SharedBarcode,
    /// Its barcode belongs to another record already.
    BarcodeInUse,
    /// Its barcode has a wrong check digit, or lost its zero.
    OddBarcode,
    /// Its row is about a record that is not there.
    NotFound,
    /// It comes back from the trash.
    Restores,
    /// It is imported with something to know about it.
    Noted,
    /// A value of it was corrected in the review.
    Fixed,
    /// It was left out in the review.
    LeftOut,
    /// It breaks a rule.
    #[serde(rename_all = "camelCase")]
    Problem {
        /// The field at fault, when there is one.
        field: Option<Field>,
        /// The column of the file; empty when it is about the whole row.
        column: String,
        /// The rule, without the values of one row.
        rule: String,
    },
}

impl Mark {
    /// What shows of a record by itself.
    pub fn of(record: &PlannedRecord) -> Vec<Self> {
        let mut marks: Vec<Self> = record.problems.iter().map(Self::of_problem).collect();
        marks.sort_unstable();
        marks.dedup();
        if record.outcome == Outcome::Update {
            marks.extend(record.changes.iter().filter_map(Self::of_change));
            if record.operation == Some(Operation::Restore) {
                marks.push(Self::Restores);
            }
        }
        if record.outcome.is_applied() && has_odd_barcode(record) {
            marks.push(Self::OddBarcode);
        }
        let is_noted = !(record.notes.is_empty() && record.field_notes.is_empty());
        if record.outcome != Outcome::Skipped && is_noted {
            marks.push(Self::Noted);
        }
        marks
    }

    /// What is pointed out of a change, when anything is.
    pub fn of_change(change: &Change) -> Option<Self> {
        let field = change.field;
        let watch = field.def()?.watch?;
        let (old, new) = change.old.as_number().zip(change.new.as_number())?;
        watch.is_met(old, new).then_some(match watch {
            Watch::Jumps => Self::Jumps { field },
            Watch::FallsToZero => Self::FallsToZero { field },
        })
    }

    fn of_problem(problem: &Problem) -> Self {
        Self::Problem {
            field: problem.field,
            column: problem.column.clone(),
            rule: rule_of(&problem.message),
        }
    }

    /// The field that it is about, when it is about one.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Jumps { field } | Self::FallsToZero { field } => Some(*field),
            Self::Problem { field, .. } => *field,
            _ => None,
        }
    }
}

fn has_odd_barcode(record: &PlannedRecord) -> bool {
    let of = record.kind.barcode_field();
    let mut changes = record.changes.iter();
    let change = changes.find(|change| Some(change.field) == of);
    let barcode = change.and_then(|change| change.new.as_text());
    barcode.is_some_and(|barcode| barcode_fault(&barcode_digits(barcode)).is_some())
}

/// A message without what differs from row to row: quoted values and numbers of lines.
fn rule_of(message: &str) -> String {
    let mut rule = String::new();
    for (part, text) in message.split('"').enumerate() {
        if part % 2 == 1 {
            rule.push_str("\"…\"");
            continue;
        }
        for (word, text) in text.split_inclusive("line ").enumerate() {
            let text = match word {
                0 => text,
                _ => {
                    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
                    if rest.len() < text.len() {
                        rule.push('…');
                    }
                    rest
                }
            };
            rule.push_str(text);
        }
    }
    match rule.char_indices().nth(RULE_CHARS) {
        Some((end, _)) => format!("{}…", &rule[..end]),
        None => rule,
    }
}

/// By how much a record changes: the largest change of a number in thousandths of what it was, over
/// the fields that `counts` lets through. Nothing where no number changes.
pub fn size_of_change(record: &PlannedRecord, counts: impl Fn(Field) -> bool) -> i64 {
    if record.outcome != Outcome::Update {
        return 0;
    }
    let changes = record.changes.iter().filter(|change| counts(change.field));
    let sizes = changes.filter_map(|change| {
        let (old, new) = change.old.as_number().zip(change.new.as_number())?;
        let moved = i128::from(new).abs_diff(i128::from(old)) * 1_000;
        let size = moved.checked_div(i128::from(old).unsigned_abs());
        let size = size.map_or(FROM_NOTHING, |size| {
            i64::try_from(size).unwrap_or(FROM_NOTHING)
        });
        Some(size.min(FROM_NOTHING))
    });
    sizes.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::product::{BARCODE, PRODUCT, STOCK, STORE_PRICE};
    use crate::record::Value;

    fn update(changes: &[(Field, i64, i64)]) -> PlannedRecord {
        let changes = changes.iter().map(|(field, old, new)| Change {
            field: *field,
            old: Value::Number(*old),
            new: Value::Number(*new),
        });
        PlannedRecord {
            changes: changes.collect(),
            ..PlannedRecord::new(PRODUCT, Outcome::Update)
        }
    }

    #[test]
    fn problems_of_one_rule_are_one_group_whatever_the_values_are() {
        for (message, rule) in [
            ("\"1O\" is not a number.", "\"…\" is not a number."),
            (
                "SKU \"AB\" already used on line 52.",
                "SKU \"…\" already used on line ….",
            ),
            ("At most 200 characters.", "At most 200 characters."),
            ("line 7 and line x", "line … and line x"),
        ] {
            assert_eq!(rule_of(message), rule, "{message}");
        }
    }

    #[test]
    fn a_record_is_marked_by_what_shows_of_it() {
        let mut record = update(&[(STORE_PRICE, 100, 200), (STOCK, 5, 0)]);
        record.operation = Some(Operation::Restore);
        record.notes.push("Rounded.".into());
        assert_eq!(
            Mark::of(&record),
            [
                Mark::Jumps { field: STORE_PRICE },
                Mark::FallsToZero { field: STOCK },
                Mark::Restores,
                Mark::Noted
            ]
        );
        record.outcome = Outcome::Create;
        assert_eq!(Mark::of(&record), [Mark::Noted], "a new price is no jump");
    }

    #[test]
    fn a_barcode_that_cannot_be_right_is_marked_where_it_is_written() {
        let with = |barcode: &str, outcome| PlannedRecord {
            changes: vec![Change {
                field: BARCODE,
                old: Value::Empty,
                new: Value::text(barcode),
            }],
            ..PlannedRecord::new(PRODUCT, outcome)
        };
        for barcode in ["4006381333932", "400-6381-333932", "36000291452"] {
            let marks = Mark::of(&with(barcode, Outcome::Create));
            assert_eq!(marks, [Mark::OddBarcode], "{barcode}");
        }
        for (barcode, outcome) in [
            ("4006381333931", Outcome::Create),
            ("OWN-1", Outcome::Update),
            ("4006381333932", Outcome::Error),
        ] {
            assert_eq!(Mark::of(&with(barcode, outcome)), [], "{barcode}");
        }
    }

    #[test]
    fn the_largest_change_counts_among_those_that_may_be_seen() {
        let record = update(&[(STORE_PRICE, 100, 150), (STOCK, 10, 30)]);
        assert_eq!(size_of_change(&record, |_| true), 2_000);
        assert_eq!(size_of_change(&record, |field| field != STOCK), 500);
        assert_eq!(
            size_of_change(&update(&[(STOCK, 0, 1)]), |_| true),
            FROM_NOTHING
        );
    }

    proptest! {
        #[test]
        fn any_numbers_have_a_size(old: i64, new: i64) {
            let size = size_of_change(&update(&[(STOCK, old, new)]), |_| true);
            prop_assert!((0..=FROM_NOTHING).contains(&size));
        }

        #[test]
        fn any_message_has_a_rule(message: String) {
            prop_assert!(rule_of(&message).chars().count() <= RULE_CHARS + 1);
        }
    }
}
