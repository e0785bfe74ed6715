//! How the columns of a file were mapped, and what was answered, kept for the next file of the same shape. It
//! is kept by the names of the columns: other columns may stand between them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::import_draft::Remembered;
use super::import_settings::ImportSettings;
use super::open_import::Draft;
use csv_io::{DecimalMark, EmptyCells, ForeignMoney, StockWords, Target};
use domain::error::Result;
use domain::plan::ImportOnly;
use domain::values::{DateOrder, hash};

/// A mapping that can be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    columns: Vec<MappedColumn>,
    #[serde(default)]
    unwanted: Vec<String>,
    #[serde(default)]
    date_order: Option<DateOrder>,
    #[serde(default)]
    decimal_mark: Option<DecimalMark>,
    #[serde(default)]
    empty_cells: EmptyCells,
    #[serde(default)]
    foreign_money: Option<ForeignMoney>,
    #[serde(default)]
    stock_words: Option<StockWords>,
    #[serde(default)]
    keep_odd_lines: bool,
}

/// What a column feeds, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct MappedColumn {
    header: String,
    target: Option<String>,
    /// Whether the column could have fed something. One that feeds nothing was left out by choice then;
    /// otherwise a field for it may be made later.
    #[serde(default = "was_offered")]
    offered: bool,
}

/// Mappings that do not say it are taken at their word.
fn was_offered() -> bool {
    true
}

impl MappedColumn {
    fn is_known(&self) -> bool {
        self.target.is_some() || self.offered
    }
}

/// A column by its name, and by how many equal ones stand before it.
type ColumnName = (String, usize);

fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> Vec<ColumnName> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let names = names.map(|name| {
        let name = name.trim().to_lowercase();
        let count = counts.entry(name.clone()).or_insert(0);
        *count += 1;
        (name, *count)
    });
    names.collect()
}

impl Mapping {
    fn by_name(&self) -> HashMap<ColumnName, &MappedColumn> {
        let names = numbered(self.columns.iter().map(|column| column.header.as_str()));
        names.into_iter().zip(&self.columns).collect()
    }

    /// Takes over what an earlier mapping knows of columns that the user may not map.
    pub fn keep_hidden(&mut self, earlier: &Self, is_hidden: impl Fn(&str) -> bool) {
        let known = earlier.by_name();
        let own = numbered(self.columns.iter().map(|column| column.header.as_str()));
        for (column, place) in self.columns.iter_mut().zip(own) {
            if column.target.is_some() {
                continue;
            }
            let target = known.get(&place).and_then(|known| known.target.clone());
            column.target = target.filter(|key| is_hidden(key));
        }
    }
}

impl Draft {
    /// What the file is like: which columns it has, whatever their order. Nothing without a header.
    pub fn shape(&self) -> Option<String> {
        if !self.settings.has_header {
            return None;
        }
        let mut names: Vec<String> = self
            .names()
            .iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        names.sort_unstable();
        let text = names.join("\u{1f}");
        // Two hashes of 64 bits, so that two shapes never meet.
        Some(format!(
            "{:016x}{:016x}",
            hash(&text),
            hash(&format!("{text}\u{1f}"))
        ))
    }

    /// How it is mapped, to be kept.
    pub fn mapping(&self) -> Mapping {
        let settings = &self.settings;
        let targets = settings.columns.iter().zip(&self.proposed);
        let columns = self.names().iter().zip(targets);
        Mapping {
            columns: columns
                .map(|(header, (target, proposed))| MappedColumn {
                    header: header.clone(),
                    target: target.clone(),
                    offered: proposed.is_some(),
                })
                .collect(),
            unwanted: settings.unwanted.clone(),
            date_order: settings.date_order,
            decimal_mark: settings.decimal_mark,
            empty_cells: settings.empty_cells,
            foreign_money: settings.foreign_money,
            stock_words: settings.stock_words,
            keep_odd_lines: settings.keep_odd_lines,
        }
    }

    /// Maps the columns as they were mapped before. What the mapping does not know stays as it is
    /// proposed, where nothing else feeds that. Without `costs`, what needs that right is left out.
    pub fn take_mapping(&mut self, mapping: &Mapping, from: Remembered, costs: bool) -> Result<()> {
        let before = (self.settings.clone(), self.remembered.take());
        let missing = self.map_as(mapping, costs);
        let settings = &mut self.settings;
        settings.unwanted.clone_from(&mapping.unwanted);
        settings.date_order = mapping.date_order;
        settings.decimal_mark = mapping.decimal_mark;
        settings.empty_cells = mapping.empty_cells;
        settings.foreign_money = mapping.foreign_money;
        settings.stock_words = mapping.stock_words;
        settings.keep_odd_lines = mapping.keep_odd_lines;
        if self.map().is_err() {
            // A field that was made or removed since may stand in the way of what was mapped.
            (self.settings, self.remembered) = before;
            return Ok(());
        }
        let is_told = self.settings != before.0 || !from.name.is_empty();
        self.remembered = is_told.then_some(Remembered { missing, ..from });
        self.save()
    }

    /// Sets the columns; gives back those that the file does not have.
    fn map_as(&mut self, mapping: &Mapping, costs: bool) -> Vec<String> {
        let (kind, schema) = (self.kind(), Arc::clone(&self.schema));
        let by_name = mapping.by_name();
        let own = numbered(self.names().iter().map(String::as_str));
        let may =
            |target: &Target| costs || target.field().is_none_or(|field| field.needs().is_none());
        let known_as = |name| by_name.get(name).copied();
        let known: Vec<Option<&MappedColumn>> = own
            .iter()
            .map(|name| known_as(name).filter(|column| column.is_known()))
            .collect();
        let target_of = |column: &MappedColumn| {
            let target = Target::from_key(&schema, kind, column.target.as_deref()?)?;
            Some(target).filter(may)
        };
        let taken: Vec<Target> = known
            .iter()
            .flatten()
            .filter_map(|column| target_of(column))
            .collect();
        for (key, known) in self.settings.columns.iter_mut().zip(&known) {
            match known {
                Some(column) => *key = target_of(column).map(|target| target.key().into_owned()),
                None => {
                    let own = key
                        .as_deref()
                        .and_then(|key| Target::from_key(&schema, kind, key));
                    let is_fed = |own: Target| {
                        let mut taken = taken.iter();
                        taken.any(|other| {
                            *other == own || (own.field().is_some() && other.field() == own.field())
                        })
                    };
                    if own.is_none_or(is_fed) {
                        *key = None;
                    }
                }
            }
        }
        let own: HashSet<&ColumnName> = own.iter().collect();
        let names = numbered(mapping.columns.iter().map(|column| column.header.as_str()));
        let columns = mapping.columns.iter().zip(&names);
        columns
            .filter(|(column, name)| target_of(column).is_some() && !own.contains(name))
            .map(|(column, _)| column.header.clone())
            .collect()
    }

    /// Maps the columns as if no file of this shape had been read before.
    pub fn start_over(&mut self, costs: bool) -> Result<()> {
        let read = self.settings.clone();
        self.settings = ImportSettings {
            unwanted: Vec::new(),
            date_order: None,
            decimal_mark: None,
            empty_cells: EmptyCells::Keep,
            only: ImportOnly::Both,
            foreign_money: None,
            stock_words: None,
            keep_odd_lines: false,
            ..read
        };
        self.remembered = None;
        self.propose(costs, None)?;
        self.save()
    }
}
