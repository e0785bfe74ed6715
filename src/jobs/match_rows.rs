//! Finds what the rows of a file are about that one record sent, such as a supplier's price file: by
//! a code, by what the sender calls it, by a barcode. What is not certain is an error of its row,
//! never a guess.

use std::collections::{HashMap, HashSet};

use super::match_hits::{Hit, Hits};
use super::numbered_item::NumberedItem;
use super::place_rows::Source;
use super::plan_warning::PlanWarning;
use csv_io::{Body, Row};
use domain::error::Result;
use domain::plan::{FieldNote, Mark, Problem};
use domain::record::{Field, Fields, Kind, MatchBy, Matching, Record, Schema, Value};
use domain::values::{Decimal, RecordId, hash};
use store::Store;

/// A file that one record sent.
#[derive(Debug, Clone)]
pub struct SentFile {
    /// The sender.
    pub id: RecordId,
    /// Its code.
    pub code: String,
    /// By what rows are looked up, one after the other.
    pub ways: Vec<MatchBy>,
    /// Whether its amounts are for whole packs.
    pub per_pack: bool,
    /// Whether its amounts are in the currency of our prices, so that they can be compared.
    pub compares: bool,
}

/// Rows about records that are not there.
#[derive(Debug, Default)]
pub(super) struct Missing {
    /// How many.
    pub count: i64,
    /// What some of them say.
    pub examples: Vec<String>,
}

/// Finds what rows are about, chunk by chunk.
pub(super) struct RowMatcher {
    pub(super) kind: Kind,
    pub(super) matching: &'static Matching,
    pub(super) file: SentFile,
    /// On which line each record was found first: only hashes, so that a million rows stay small.
    seen: HashMap<u64, u64>,
    /// What was not found.
    pub(super) missing: Missing,
}

/// What is known of the rows of a chunk once it is known what they are about.
#[derive(Debug, Default)]
pub(super) struct FoundRows {
    /// The prices that their amounts are compared with, by the code that a row got.
    prices: HashMap<String, i64>,
    /// Records of their own kind that were read on the way.
    pub(super) there: Vec<Record>,
}

impl RowMatcher {
    /// A matcher for a file; none for kinds that have no such files.
    pub fn new(kind: Kind, file: SentFile) -> Option<Self> {
        Some(Self {
            kind,
            matching: kind.matching()?,
            file,
            seen: HashMap::new(),
            missing: Missing::default(),
        })
    }

    /// Gives each row of a chunk the record that it is about, or a problem.
    pub async fn match_rows(
        &mut self,
        store: &Store,
        source: Source<'_>,
        items: &mut [NumberedItem],
    ) -> Result<FoundRows> {
        let mut hits = self.look_up(store, items).await?;
        let mut found = FoundRows {
            prices: HashMap::new(),
            there: hits.take_links(),
        };
        for item in items {
            let line = item.item.line;
            let Body::Record(row) = &mut item.item.body else {
                continue;
            };
            let target = match self.about(source, row, &hits) {
                Ok(target) => target,
                Err(problem) => {
                    row.problems.push(*problem);
                    continue;
                }
            };
            let code = self.name(row, target);
            if let Some(first) = self.first_line(&code, line) {
                let problem = self.twice(source, target, first);
                row.problems.push(problem);
            }
            self.divide_by_pack(row);
            let price = target.kind.field(self.matching.price);
            let price = price.and_then(|price| target.fields.get(price).as_number());
            found.prices.extend(price.map(|price| (code, price)));
        }
        Ok(found)
    }

    async fn look_up(&self, store: &Store, items: &[NumberedItem]) -> Result<Hits> {
        let rows: Vec<&Row> = items
            .iter()
            .filter_map(|item| match &item.item.body {
                Body::Record(row) => Some(row),
                Body::Skipped(_) => None,
            })
            .collect();
        let mut hits = Hits::new(self.kind, self.matching, self.file.id);
        for way in &self.file.ways {
            let texts: HashSet<&str> = rows.iter().map(|row| self.says(row, *way)).collect();
            let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            hits.find(store, *way, &texts).await?;
        }
        hits.load(store).await?;
        Ok(hits)
    }

    /// What a row says in one of the ways.
    fn says<'a>(&self, row: &'a Row, way: MatchBy) -> &'a str {
        match way.field(self.matching, self.kind) {
            Some(field) => row.text(field),
            None => &row.barcode,
        }
    }

    /// The record that a row is about, when all that it says agrees.
    fn about<'h>(
        &mut self,
        source: Source<'_>,
        row: &mut Row,
        hits: &'h Hits,
    ) -> std::result::Result<&'h Record, Box<Problem>> {
        let ways = self.file.ways.clone();
        let said: Vec<(MatchBy, String)> = ways
            .into_iter()
            .map(|way| (way, self.says(row, way).to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let Some(first) = said.first() else {
            return Err(Box::new(self.says_nothing(source)));
        };
        let mut about: Option<(MatchBy, &Record)> = None;
        for (way, text) in &said {
            match (hits.get(*way, text), about) {
                (Hit::None, _) => {}
                (Hit::One(found), None) => about = Some((*way, found)),
                (Hit::One(found), Some((by, other))) if found.id != other.id => {
                    let codes = [(by, other), (*way, found)];
                    return Err(Box::new(self.contradicts(source, codes, text)));
                }
                (Hit::Many(codes), None) => {
                    return Err(Box::new(self.ambiguous(source, *way, text, &codes)));
                }
                (Hit::Many(codes), Some((by, other))) if !codes.contains(&other.code()) => {
                    return Err(Box::new(self.contradicts(
                        source,
                        [(by, other), (*way, other)],
                        text,
                    )));
                }
                (Hit::One(_) | Hit::Many(_), Some(_)) => {}
            }
        }
        let Some((way, found)) = about else {
            row.missing = true;
            return Err(Box::new(self.not_there(source, first)));
        };
        if first.0 == MatchBy::Code && way != first.0 {
            let label = way.label(self.matching, self.kind);
            let note = format!("Found by its {label}: \"{}\" is not there.", first.1);
            row.notes.push(note);
        }
        if let Some(whole) = hits
            .whole_barcode(&row.barcode)
            .filter(|_| way == MatchBy::Barcode)
        {
            row.notes.push(format!(
                "Found by the barcode {whole}: the file has it with other zeros at its start."
            ));
        }
        Ok(found)
    }

    /// Writes into a row whom it is from and what it is about; gives its code.
    fn name(&self, row: &mut Row, about: &Record) -> String {
        let (sender, sought) = (
            self.matching.sender(self.kind),
            self.matching.sought(self.kind),
        );
        let mut fields = Fields::blank(self.kind);
        fields.set(sender, Value::text(self.file.code.clone()));
        fields.set(sought, Value::text(about.code()));
        fields.derive();
        let code = fields.text(self.kind.code()).to_owned();
        let named = [sender, sought, self.kind.code()];
        row.values.retain(|(field, _)| !named.contains(field));
        let values = named.map(|field| (field, fields.take(field)));
        row.values.extend(values);
        code
    }

    fn first_line(&mut self, code: &str, line: u64) -> Option<u64> {
        let first = *self.seen.entry(hash(code)).or_insert(line);
        (first != line).then_some(first)
    }

    /// An amount for a pack becomes the amount for one.
    fn divide_by_pack(&self, row: &mut Row) {
        let (amount, pack) = (
            self.matching.amount(self.kind),
            self.matching.pack(self.kind),
        );
        let in_pack = row.get(pack).and_then(Value::as_number).unwrap_or(1);
        let Some(whole) = row.get(amount).and_then(Value::as_number) else {
            return;
        };
        if !self.file.per_pack || in_pack < 2 {
            return;
        }
        let each = rounded(i128::from(whole), i128::from(in_pack));
        for (field, value) in &mut row.values {
            if *field == amount {
                *value = Value::Number(each);
            }
        }
        let label = amount.def().map_or("", |def| def.label);
        let money = |units| Decimal::from_units(units).as_money();
        let text = format!(
            "{label}: {} for {in_pack} is {} each.",
            money(whole),
            money(each)
        );
        row.field_notes.push(FieldNote {
            field: amount,
            text,
        });
    }

    /// What a new amount does to the margin of the price, where the two can be compared.
    pub fn margin(
        &self,
        found: &FoundRows,
        code: &str,
        amounts: [Option<i64>; 2],
    ) -> Option<FieldNote> {
        let [old, new] = amounts;
        let new = new.filter(|_| self.file.compares && old != new)?;
        let price = found.prices.get(code).copied();
        let price = price.filter(|price| *price > 0)?;
        let now = percent(price, new);
        let before = old.map_or(String::new(), |old| format!("{} → ", percent(price, old)));
        let at = Decimal::from_units(price).as_money();
        Some(FieldNote {
            field: self.matching.amount(self.kind),
            text: format!("Margin {before}{now} at the price of {at}."),
        })
    }

    /// The field of the amount.
    pub fn amount(&self) -> Field {
        self.matching.amount(self.kind)
    }

    /// The warning of rows about records that are not there.
    pub fn warning(self, schema: &Schema) -> Option<PlanWarning> {
        let sought = sought_kind(self.matching, self.kind)?;
        let Missing { count, examples } = self.missing;
        let warning = || PlanWarning::of(Mark::NotFound, (sought, schema), count, &examples);
        warning().filter(|_| count > 0)
    }
}

/// What is left of a price after an amount, in percent with one decimal.
fn percent(price: i64, amount: i64) -> String {
    let left = (i128::from(price) - i128::from(amount)) * 1_000;
    let tenths = rounded(left, i128::from(price));
    let sign = if tenths < 0 { "−" } else { "" };
    let tenths = tenths.unsigned_abs();
    format!("{sign}{}.{} %", tenths / 10, tenths % 10)
}

/// A quotient, rounded to the nearest whole number; halves go away from zero.
fn rounded(dividend: i128, divisor: i128) -> i64 {
    let half = divisor / 2;
    let quotient = match dividend < 0 {
        true => (dividend - half) / divisor,
        false => (dividend + half) / divisor,
    };
    let furthest = if quotient < 0 { i64::MIN } else { i64::MAX };
    i64::try_from(quotient).unwrap_or(furthest)
}

/// Of what kind the records are that rows are matched with.
pub(super) fn sought_kind(matching: &Matching, kind: Kind) -> Option<Kind> {
    Kind::from_key(matching.sought(kind).reference()?.to)
}

#[cfg(test)]
mod tests {
    use super::{percent, rounded};

    #[test]
    fn a_margin_is_what_is_left_of_the_price() {
        for (price, cost, margin) in [
            (100_000, 50_000, "50.0 %"),
            (95_000, 49_100, "48.3 %"),
            (10_000, 0, "100.0 %"),
            (10_000, 10_000, "0.0 %"),
            (10_000, 12_345, "−23.5 %"),
            (1, i64::MAX, "−922337203685477580.8 %"),
        ] {
            assert_eq!(percent(price, cost), margin, "{cost} of {price}");
        }
    }

    #[test]
    fn a_pack_is_divided_to_the_nearest_ten_thousandth() {
        for (whole, pack, each) in [
            (120_000, 6, 20_000),
            (100_000, 3, 33_333),
            (5, 2, 3),
            (1, 3, 0),
        ] {
            assert_eq!(rounded(whole, pack), each, "{whole} for {pack}");
        }
    }
}
