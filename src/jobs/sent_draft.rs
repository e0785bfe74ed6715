//! The draft of a file that one record sent, such as a supplier's price file: by what its rows are
//! matched, and whether its amounts are for one or for a pack.

use super::import_draft::{Choice, ImportMatching, ImportQuestion, Sender};
use super::import_settings::{AmountFor, ImportSettings};
use super::match_rows::SentFile;
use csv_io::{ColumnMap, Currency, Scan, Target};
use domain::record::MatchBy;

/// The record that sent a file, to which all of its rows refer.
#[derive(Debug, Clone)]
pub struct SentBy {
    /// Which one.
    pub sender: Sender,
    /// The currency of its amounts, empty for that of the workspace.
    pub currency: String,
}

/// What is known of a file that one record sent.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    pub map: &'a ColumnMap,
    pub scan: &'a Scan,
    pub settings: &'a ImportSettings,
    pub sender: &'a Sender,
    /// The currency of its amounts, and that of the workspace's prices.
    pub currencies: [Option<Currency>; 2],
}

impl Sent<'_> {
    /// In which ways its rows are looked up, one after the other.
    fn ways(&self) -> Vec<MatchBy> {
        let kind = self.map.kind();
        let mut ways: Vec<MatchBy> = self.map.ways().into_iter().map(|(way, _)| way).collect();
        let chosen = self
            .chosen()
            .and_then(|key| kind.matching()?.way(kind, key));
        if let Some(at) = ways.iter().position(|way| Some(*way) == chosen) {
            ways[..=at].rotate_right(1);
        }
        ways
    }

    fn chosen(&self) -> Option<&str> {
        self.settings.match_by.as_deref()
    }

    /// By what its rows are matched.
    pub fn matching(&self) -> ImportMatching {
        let kind = self.map.kind();
        let Some(matching) = kind.matching() else {
            return ImportMatching {
                by: None,
                chosen: false,
                choices: Vec::new(),
            };
        };
        let by = self
            .ways()
            .first()
            .map(|way| way.key(matching, kind).to_owned());
        let choices = self.map.ways().into_iter().map(|(way, _)| Choice {
            key: way.key(matching, kind).to_owned(),
            label: way.label(matching, kind).to_owned(),
        });
        ImportMatching {
            chosen: by.is_some() && by.as_deref() == self.chosen(),
            by,
            choices: choices.collect(),
        }
    }

    /// By what a row may say what it is about, while no column does.
    pub fn missing_ways(&self) -> Vec<String> {
        let kind = self.map.kind();
        let matching = kind.matching();
        let ways = matching.map_or(&[][..], |matching| matching.by);
        let labels = ways.iter().zip(matching.into_iter().cycle());
        labels
            .map(|(way, matching)| way.label(matching, kind).to_owned())
            .collect()
    }

    /// What is good to know of it.
    pub fn notes(&self) -> Vec<String> {
        let kind = self.map.kind();
        let Some(matching) = kind.matching() else {
            return Vec::new();
        };
        let mut notes = Vec::new();
        let columns = self.map.ways();
        let told: Vec<String> = self
            .ways()
            .into_iter()
            .filter_map(|way| {
                let (_, column) = columns.iter().find(|(other, _)| *other == way)?;
                let name = &self.map.columns()[*column].name;
                Some(format!("{} (column \"{name}\")", way.label(matching, kind)))
            })
            .collect();
        let Sender { code, .. } = self.sender;
        if let Some((first, others)) = told.split_first() {
            let then = match others {
                [] => String::new(),
                others => format!(
                    ", and what that does not know by {}",
                    others.join(", then by ")
                ),
            };
            notes.push(format!(
                "A file of {code}: rows are matched by {first}{then}."
            ));
        }
        let [own, prices] = self.currencies;
        if own != prices
            && let (Some(own), Some(prices)) = (own, prices)
        {
            notes.push(format!(
                "Amounts of {code} are in {}, prices in {}: no margin is shown.",
                own.code(),
                prices.code()
            ));
        }
        if let Some(amount_for) = self.settings.amount_for.filter(|_| self.has_packs()) {
            notes.push(match amount_for {
                AmountFor::Each => "Amounts are read as those for one.".to_owned(),
                AmountFor::Pack => "Amounts are read as those for a pack, and divided.".to_owned(),
            });
        }
        notes
    }

    /// Whether the amounts may be for packs of more than one.
    fn has_packs(&self) -> bool {
        self.pack_columns().is_some_and(|(_, pack)| {
            let numbers = self.scan.samples(pack).iter();
            numbers
                .filter_map(|sample| sample.trim().parse::<i64>().ok())
                .any(|pieces| pieces > 1)
        })
    }

    fn pack_columns(&self) -> Option<(usize, usize)> {
        let kind = self.map.kind();
        let matching = kind.matching()?;
        let column = |field| self.map.index_of(field);
        Some((column(matching.amount(kind))?, column(matching.pack(kind))?))
    }

    /// The question what the amounts are for, while it is open.
    pub fn question(&self) -> Option<ImportQuestion> {
        let is_open = self.settings.amount_for.is_none() && self.has_packs();
        let (amount, pack) = self.pack_columns().filter(|_| is_open)?;
        let name = |column: usize| self.map.columns()[column].name.clone();
        Some(ImportQuestion::AmountFor {
            amount: name(amount),
            pack: name(pack),
        })
    }

    /// What it takes to find what its rows are about.
    pub fn file(&self) -> SentFile {
        let [own, prices] = self.currencies;
        SentFile {
            id: self.sender.id,
            code: self.sender.code.clone(),
            ways: self.ways(),
            per_pack: self.settings.amount_for == Some(AmountFor::Pack),
            compares: own == prices,
        }
    }
}

/// Whether a target can be fed by a file of a sender.
pub(super) fn targets(map: &ColumnMap) -> Vec<Target> {
    match map.is_matched() {
        true => Target::all_matched(map.schema(), map.kind()).collect(),
        false => Target::all(map.schema(), map.kind()).collect(),
    }
}
