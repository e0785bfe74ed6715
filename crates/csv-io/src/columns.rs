//! Columns: what each column of a file feeds, proposed from its name and changed by a person.

use serde::{Deserialize, Serialize};

use super::currency::{Currency, in_header};
use super::synonyms::{Named, named, qualifiers};
use super::units::{Measure, Unit};
use super::words::is_empty_word;
use domain::catalog::{Field, FieldKind};
use domain::error::{Error, Result};

/// What a column feeds. Its key is a field's key, or `handle`, `grams`, `taxable`, `weight_unit`,
/// `dimension_unit`, `currency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Shopify's handle, which ties the rows of one product together.
    Handle,
    /// The weight in grams; fills [`Field::Weight`].
    Grams,
    /// The opposite of [`Field::TaxFree`].
    Taxable,
    /// The unit of the row's weight.
    WeightUnit,
    /// The unit of the row's length, width and height.
    DimensionUnit,
    /// The currency of the row's amounts.
    Currency,
    /// A field, as it is.
    #[serde(untagged)]
    Field(Field),
}

impl Target {
    /// Every target, in the order in which people read them.
    pub fn all() -> impl Iterator<Item = Target> {
        let fields = Field::ALL.iter().copied().map(Target::Field);
        fields.chain([
            Self::Handle,
            Self::Grams,
            Self::Taxable,
            Self::WeightUnit,
            Self::DimensionUnit,
            Self::Currency,
        ])
    }

    /// Its name in JSON and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Field(field) => field.key(),
            Self::Handle => "handle",
            Self::Grams => "grams",
            Self::Taxable => "taxable",
            Self::WeightUnit => "weight_unit",
            Self::DimensionUnit => "dimension_unit",
            Self::Currency => "currency",
        }
    }

    /// Its name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Field(field) => field.label(),
            Self::Handle => "Handle (Shopify)",
            Self::Grams => "Weight in grams",
            Self::Taxable => "Taxable",
            Self::WeightUnit => "Unit of the weight",
            Self::DimensionUnit => "Unit of length, width and height",
            Self::Currency => "Currency of the prices",
        }
    }

    /// The target with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().find(|target| target.key() == key)
    }

    /// The field that it fills in the end.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Handle | Self::WeightUnit | Self::DimensionUnit | Self::Currency => None,
            Self::Grams => Some(Field::Weight),
            Self::Taxable => Some(Field::TaxFree),
        }
    }

    /// Whether a cell that says this word, such as `NULL`, is empty.
    pub fn reads_as_empty(self, word: &str) -> bool {
        is_empty_word(self, word)
    }

    /// Whether it is money.
    pub fn is_money(self) -> bool {
        self.field().map(Field::kind) == Some(FieldKind::Money)
    }

    /// Whether both would fill the same thing.
    fn clashes_with(self, other: Self) -> bool {
        self == other || (self.field().is_some() && self.field() == other.field())
    }
}

/// How programs write yes and no in columns of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum FlagWords {
    /// In words, or as 1 and 0.
    #[default]
    Plain,
    /// WooCommerce's `Published`: 1, 0 and -1 for a draft.
    Published,
    /// Magento's `product_online`: 1 and 2.
    OneOrTwo,
    /// `taxable`, `shipping` and `none`.
    TaxStatus,
}

/// The unit that another column of the row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum RowUnit {
    /// None.
    #[default]
    None,
    /// This one.
    Known(Unit),
    /// One that measures something else, or that is not known.
    Unknown,
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub target: Target,
    /// The unit of the column, for numbers beside which none stands.
    pub unit: Option<Unit>,
    pub row_unit: RowUnit,
    pub flags: FlagWords,
}

impl From<Target> for Sense {
    fn from(target: Target) -> Self {
        Self {
            target,
            unit: None,
            row_unit: RowUnit::None,
            flags: match target {
                Target::Taxable => FlagWords::TaxStatus,
                _ => FlagWords::Plain,
            },
        }
    }
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// What it feeds; nothing when it is ignored.
    pub target: Option<Target>,
}

impl Column {
    /// The unit that its name says, when it feeds a measure: of `Weight (lbs)`, the pound.
    pub fn unit(&self) -> Option<Unit> {
        let measure = match self.target? {
            Target::Field(field) => Measure::of(field)?,
            _ => return None,
        };
        unit_in_name(&self.name, measure)
    }

    /// The currency that its name says, when it feeds money.
    pub fn currency(&self) -> Option<Currency> {
        let is_money = self.target.is_some_and(Target::is_money);
        is_money.then(|| currency_in_name(&self.name))?
    }

    pub(super) fn sense(&self) -> Option<Sense> {
        let target = self.target?;
        let name: String = self.name.chars().filter(|c| c.is_alphanumeric()).collect();
        let flags = match (target, name.to_lowercase().as_str()) {
            (Target::Field(Field::Active), "published") => FlagWords::Published,
            (Target::Field(Field::Active), "productonline") => FlagWords::OneOrTwo,
            _ => Sense::from(target).flags,
        };
        Some(Sense {
            unit: self.unit(),
            flags,
            ..Sense::from(target)
        })
    }
}

fn unit_in_name(name: &str, measure: Measure) -> Option<Unit> {
    let words: Vec<&str> = words_of(name).collect();
    let two = words.len().checked_sub(2).map(|at| words[at..].join(" "));
    let two = two.and_then(|last| Unit::named(&last, measure));
    two.or_else(|| Unit::named(words.last().filter(|_| words.len() > 1)?, measure))
}

fn currency_in_name(name: &str) -> Option<Currency> {
    words_of(name).rev().find_map(in_header)
}

/// The words of a header; a power belongs to its unit.
fn words_of(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    let is_break = |c: char| !c.is_alphanumeric() && !matches!(c, '"' | '\'' | '$' | '€' | '£');
    name.split(is_break).filter(|word| !word.is_empty())
}

/// Columns of money that tell the same price in several currencies, or with and without tax: which of them
/// is meant only a person can say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// What they would feed.
    pub target: Target,
    /// Where they stand.
    pub columns: Vec<usize>,
}

/// How the rows of a file make products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One row is one product or variant.
    Rows,
    /// Shopify's: the rows of one handle are one product with its variants and images.
    Shopify,
}

/// What every column of a file feeds. No two columns fill the same field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMap(Vec<Column>);

impl ColumnMap {
    /// The map that the names of the columns suggest; the better name wins a target.
    pub fn guess<S: AsRef<str>>(names: &[S]) -> Self {
        Self::guess_for(names, None).0
    }

    /// The map that the names of the columns suggest in a workspace with this currency, and what they leave
    /// open.
    pub fn guess_for<S: AsRef<str>>(names: &[S], own: Option<Currency>) -> (Self, Vec<Contest>) {
        let is_shopify = names.iter().any(|name| is_of_shopify(name.as_ref()));
        let mut matches: Vec<(usize, Named)> = names
            .iter()
            .enumerate()
            .filter_map(|(index, name)| Some((index, named(name.as_ref(), is_shopify)?)))
            .collect();
        let contests = contests(names, &mut matches, own);
        matches.sort_by_key(|(index, named)| (named.rank, *index));
        let mut columns: Vec<Column> = names.iter().map(|name| ignored(name.as_ref())).collect();
        let mut taken: Vec<Target> = Vec::new();
        for (index, Named { target, .. }) in matches {
            if !taken.iter().any(|other| other.clashes_with(target)) {
                columns[index].target = Some(target);
                taken.push(target);
            }
        }
        let mut map = Self(columns);
        map.forget_other_handles();
        map.forget_idle_units();
        (map, contests)
    }

    /// Takes columns that are only called `Unit` for what their values say: the unit of the weight, or of
    /// the sizes. `samples` gives some values of a column.
    pub fn take_units<'a>(&mut self, samples: impl Fn(usize) -> &'a [String]) {
        const NAMES: [&str; 5] = ["unit", "units", "uom", "unitofmeasure", "measureunit"];
        for (target, measure) in [
            (Target::WeightUnit, Measure::Weight),
            (Target::DimensionUnit, Measure::Length),
        ] {
            let is_unit = |(index, column): &(usize, &Column)| {
                let name: String = column
                    .name
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect();
                let values = samples(*index);
                column.target.is_none()
                    && NAMES.contains(&name.to_lowercase().as_str())
                    && !values.is_empty()
                    && values
                        .iter()
                        .all(|value| Unit::named(value, measure).is_some())
            };
            let is_taken = self.index_of_clash(target).is_some();
            let found = self
                .0
                .iter()
                .enumerate()
                .find(is_unit)
                .map(|(index, _)| index);
            if let Some(index) = found.filter(|_| !is_taken) {
                self.0[index].target = Some(target);
            }
        }
        self.forget_idle_units();
    }

    /// The unit for display beside a weight in grams says nothing of it, and a unit without a measure
    /// nothing at all.
    fn forget_idle_units(&mut self) {
        let feeds = |target: Target| self.0.iter().any(|column| column.target == Some(target));
        let has_weight = feeds(Target::Field(Field::Weight));
        let sizes = [Field::Length, Field::Width, Field::Height];
        let has_size = sizes.into_iter().any(|size| feeds(Target::Field(size)));
        for column in &mut self.0 {
            let is_idle = match column.target {
                Some(Target::WeightUnit) => !has_weight,
                Some(Target::DimensionUnit) => !has_size,
                _ => false,
            };
            if is_idle {
                column.target = None;
            }
        }
    }

    /// A file with a SKU of its own and without options is not Shopify's, so its `Handle` is
    /// something else: of a knife, say.
    fn forget_other_handles(&mut self) {
        let is_plain_sku = |column: &Column| {
            column.target == Some(Target::Field(Field::Sku))
                && !column.name.to_lowercase().starts_with("variant")
        };
        let has_options = Field::OPTIONS
            .iter()
            .any(|(name, value)| self.index_of(*name).or(self.index_of(*value)).is_some());
        if has_options || !self.0.iter().any(is_plain_sku) {
            return;
        }
        for column in &mut self.0 {
            if column.target == Some(Target::Handle) && column.name.eq_ignore_ascii_case("handle") {
                column.target = None;
            }
        }
    }

    /// The map that a person made: one target, or none, for each column.
    pub fn chosen<S: AsRef<str>>(names: &[S], targets: &[Option<Target>]) -> Result<Self> {
        if names.len() != targets.len() {
            return Err(Error::invalid(format!(
                "The file has {} columns, and the map has {}.",
                names.len(),
                targets.len()
            ))
            .hint("Read the file again."));
        }
        let mut map = Self(names.iter().map(|name| ignored(name.as_ref())).collect());
        for (index, target) in targets.iter().enumerate() {
            if let Some(other) = target.and_then(|target| map.index_of_clash(target)) {
                return Err(Error::invalid(format!(
                    "The columns \"{}\" and \"{}\" both feed {}.",
                    map.0[other].name,
                    map.0[index].name,
                    target.map_or("", Target::label)
                ))
                .hint("Let one of them be ignored."));
            }
            map.0[index].target = *target;
        }
        Ok(map)
    }

    /// The columns from left to right.
    pub fn columns(&self) -> &[Column] {
        &self.0
    }

    /// The column that fills `field`.
    pub fn index_of(&self, field: Field) -> Option<usize> {
        let fills = |column: &Column| column.target.and_then(Target::field) == Some(field);
        self.0.iter().position(fills)
    }

    /// How the rows make products: Shopify's way when a column feeds the handle.
    pub fn layout(&self) -> Layout {
        match self.handle() {
            Some(_) => Layout::Shopify,
            None => Layout::Rows,
        }
    }

    /// The column of the handle.
    pub(super) fn handle(&self) -> Option<usize> {
        self.index_of_clash(Target::Handle)
    }

    /// Whether every row can say which product it is about.
    pub fn identifies_products(&self) -> bool {
        self.index_of(Field::Sku).is_some() || self.layout() == Layout::Shopify
    }

    fn index_of_clash(&self, target: Target) -> Option<usize> {
        let clashes = |column: &Column| {
            column
                .target
                .is_some_and(|other| other.clashes_with(target))
        };
        self.0.iter().position(clashes)
    }
}

/// Whether a header is one that only Shopify's product files have.
fn is_of_shopify(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let known = [
        "handle",
        "urlhandle",
        "bodyhtml",
        "variantsku",
        "variantprice",
    ];
    known.contains(&letters.to_lowercase().as_str())
}

/// Takes out of the matches what only a person can decide: columns of one price whose names differ in
/// currency or tax alone. That of the workspace's own currency is none of them.
fn contests<S: AsRef<str>>(
    names: &[S],
    matches: &mut Vec<(usize, Named)>,
    own: Option<Currency>,
) -> Vec<Contest> {
    let mut found: Vec<(Target, String, Vec<(usize, String)>)> = Vec::new();
    for (index, named) in matches.iter().filter(|(_, named)| named.target.is_money()) {
        let (base, said) = qualifiers(names[*index].as_ref());
        let group = found
            .iter_mut()
            .find(|(target, other, _)| *target == named.target && *other == base);
        match group {
            Some((.., columns)) => columns.push((*index, said)),
            None => found.push((named.target, base, vec![(*index, said)])),
        }
    }
    let mut contests = Vec::new();
    for (target, _, columns) in found {
        let differ = columns.iter().any(|(_, said)| *said != columns[0].1);
        let has_plain = columns.iter().any(|(_, said)| said.is_empty());
        if !differ || has_plain {
            continue;
        }
        let is_own =
            |index: &usize| own.is_some() && currency_in_name(names[*index].as_ref()) == own;
        let indices: Vec<usize> = columns.iter().map(|(index, _)| *index).collect();
        let owned: Vec<usize> = indices.iter().copied().filter(is_own).collect();
        let winner = (owned.len() == 1).then(|| owned[0]);
        matches.retain(|(index, _)| !indices.contains(index) || Some(*index) == winner);
        if winner.is_none() {
            contests.push(Contest {
                target,
                columns: indices,
            });
        }
    }
    contests
}

fn ignored(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        target: None,
    }
}

#[cfg(test)]
mod tests;
