//! What a person should look at before a plan is applied.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use domain::plan::Mark;
use domain::record::{Kind, Schema};

/// What a person should look at before applying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanWarning {
    /// What it is about: the records that are pointed out for it can be listed.
    pub mark: Mark,
    /// How many records.
    pub count: i64,
    /// The warning as a sentence, without its full stop.
    pub text: String,
}

impl PlanWarning {
    /// The warning that so many records are pointed out, some of them named; none when a mark is no
    /// warning.
    pub(super) fn of(
        mark: Mark,
        (kind, schema): (Kind, &Schema),
        count: i64,
        examples: &[String],
    ) -> Option<Self> {
        let label = schema.label(mark.field().unwrap_or(kind.code()));
        let barcode = kind.barcode_field().map_or("", |field| schema.label(field));
        let place = kind.def().place;
        let many = |noun: &str| several(count, noun);
        let verb = |one: &'static str, many: &'static str| if count == 1 { one } else { many };
        let text = match &mark {
            Mark::Jumps { .. } => {
                let change = verb("changes", "change");
                format!("{label}: {} {change} by more than 20 %", many("value"))
            }
            Mark::FallsToZero { .. } => {
                format!(
                    "{label}: {} {} to zero",
                    many("value"),
                    verb("falls", "fall")
                )
            }
            Mark::LookAlike => {
                let looks = verb("looks", "look");
                format!("{} {looks} like another of the file", many(label))
            }
            Mark::LooksLikeExisting => {
                let looks = verb("looks", "look");
                format!("{} {looks} like one {place}", many(&format!("new {label}")))
            }
            Mark::SharedBarcode => {
                let has = verb("has", "have");
                format!(
                    "{barcode}: {} {has} one that another row has, too",
                    many("row")
                )
            }
            Mark::OddBarcode => {
                let has = verb("has", "have");
                format!(
                    "{barcode}: {} {has} a wrong check digit or lost a zero",
                    many("value")
                )
            }
            Mark::BarcodeInUse => {
                let belongs = verb("belongs", "belong");
                let (own, other) = (many("value"), kind.def().label);
                format!("{barcode}: {own} {belongs} to another {other} already")
            }
            Mark::NotFound => {
                let (are, plural) = (verb("is", "are"), kind.def().plural);
                format!("{} {are} about {plural} that are not there", many("row"))
            }
            Mark::Restores => {
                let noun = match count {
                    1 => kind.def().label,
                    _ => kind.def().plural,
                };
                let comes = verb("comes", "come");
                format!("{} {noun} {comes} back from the trash", grouped(count))
            }
            Mark::Noted | Mark::Fixed | Mark::LeftOut | Mark::Problem { .. } => return None,
        };
        let text = with_examples(text, count, examples);
        Some(Self { mark, count, text })
    }
}

/// How many of what a noun names.
fn several(count: i64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{} {noun}s", grouped(count)),
    }
}

/// A warning with some of the codes that it is about.
fn with_examples(text: String, count: i64, examples: &[String]) -> String {
    let named: Vec<String> = examples.iter().map(|code| format!("\"{code}\"")).collect();
    let more = count - i64::try_from(named.len()).unwrap_or(0);
    match (named.is_empty(), more) {
        (true, _) => text,
        (false, more) if more > 0 => {
            format!("{text}: {} and {} more", named.join(", "), grouped(more))
        }
        (false, _) => format!("{text}: {}", named.join(", ")),
    }
}

/// A count with commas between thousands.
pub fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use domain::catalog::product::{PRODUCT, STOCK, STORE_PRICE};

    use super::*;

    fn told(mark: Mark, count: i64, examples: &[&str]) -> String {
        let examples: Vec<String> = examples.iter().map(|code| (*code).to_owned()).collect();
        let of = (PRODUCT, &Schema::default());
        PlanWarning::of(mark, of, count, &examples).unwrap().text
    }

    #[test]
    fn a_warning_is_a_sentence() {
        let price = || Mark::Jumps { field: STORE_PRICE };
        for (mark, count, examples, text) in [
            (
                price(),
                11_640,
                &[][..],
                "Store price: 11,640 values change by more than 20 %",
            ),
            (
                price(),
                1,
                &[],
                "Store price: 1 value changes by more than 20 %",
            ),
            (
                Mark::FallsToZero { field: STOCK },
                2,
                &[],
                "Stock on hand: 2 values fall to zero",
            ),
            (
                Mark::LookAlike,
                3,
                &["AB 205", "ab-206"],
                "3 SKUs look like another of the file: \"AB 205\", \"ab-206\" and 1 more",
            ),
            (
                Mark::LooksLikeExisting,
                1,
                &["0017"],
                "1 new SKU looks like one in the catalogue: \"0017\"",
            ),
            (
                Mark::Restores,
                2,
                &[],
                "2 products come back from the trash",
            ),
        ] {
            assert_eq!(told(mark, count, examples), text);
        }
    }

    #[test]
    fn what_is_no_reason_to_look_twice_is_no_warning() {
        let of = (PRODUCT, &Schema::default());
        assert_eq!(PlanWarning::of(Mark::Noted, of, 3, &[]), None);
    }
}
