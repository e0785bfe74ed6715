//! Columns: what each column of a file feeds, proposed from its name and changed by a person.

use super::column::Column;
use super::currency::Currency;
use super::custom_names::CustomNames;
use super::headers::{Contest, contests};
use super::price_names;
use super::supplier_names;
use super::synonyms::{Dialect, Named, letters, named};
use super::target::Target;
use super::units::{Measure, Unit};
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::error::{Error, Result};
use domain::purchasing::supplier::SUPPLIER;
use domain::record::{Field, Kind, MatchBy, Schema};
use std::sync::Arc;

/// How the rows of a file make records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One row is one record: of products, a product or a variant.
    Rows,
    /// Shopify's: the rows of one handle are one product with its variants and images.
    Shopify,
}

/// What every column of a file feeds. No two columns fill the same field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMap {
    kind: Kind,
    /// Whether what a row is about is looked up by what it holds.
    is_matched: bool,
    columns: Vec<Column>,
    schema: Arc<Schema>,
}

impl ColumnMap {
    /// The map that the names of the columns suggest for products; the better name wins a target.
    pub fn guess<S: AsRef<str>>(names: &[S]) -> Self {
        Self::guess_for((PRODUCT, &Arc::default()), names, None).0
    }

    /// The map that the names of the columns suggest for records of a kind in a workspace with this
    /// currency, and what they leave open. Products, suppliers and what they sell have the names that other
    /// programs give to their columns, too; other kinds the names and keys of their fields.
    pub fn guess_for<S: AsRef<str>>(
        (kind, schema): (Kind, &Arc<Schema>),
        names: &[S],
        own: Option<Currency>,
    ) -> (Self, Vec<Contest>) {
        // A field that a workspace made for itself is meant, whatever other programs call so.
        let custom = CustomNames::of(schema, kind);
        let own_fields = names.iter().enumerate().filter_map(|(index, name)| {
            let target = Target::Field(custom.field_named(name.as_ref())?);
            Some((index, Named { target, rank: 0 }))
        });
        let own_fields: Vec<(usize, Named)> = own_fields.collect();
        let is_own = |index: usize| own_fields.iter().any(|(other, _)| *other == index);
        let of = (kind, schema);
        if kind == PRODUCT {
            return Self::guess_products(of, (names, own), &own_fields);
        }
        let matches = names
            .iter()
            .enumerate()
            .filter(|(index, _)| !is_own(*index));
        let matches = matches.filter_map(|(index, name)| {
            let name = name.as_ref();
            let own = called(kind, name).map(|target| Named { target, rank: 0 });
            let others = || match kind == SUPPLIER {
                true => supplier_names::named(name),
                false => price_names::named_surely(kind, name),
            };
            Some((index, own.or_else(others)?))
        });
        let mut matches: Vec<_> = own_fields.iter().copied().chain(matches).collect();
        matches.sort_by_key(|(index, named)| (named.rank, *index));
        (Self::matched(of, names, matches), Vec::new())
    }

    /// The same for a file that one record sent, such as a supplier's price file.
    pub fn guess_matched<S: AsRef<str>>(
        (kind, schema): (Kind, &Arc<Schema>),
        names: &[S],
        own: Option<Currency>,
    ) -> (Self, Vec<Contest>) {
        let named = names.iter().enumerate();
        let mut matches: Vec<(usize, Named)> = named
            .filter_map(|(index, name)| Some((index, price_names::named(kind, name.as_ref())?)))
            .collect();
        let contests = contests(names, &mut matches, own);
        matches.sort_by_key(|(index, named)| (named.rank, *index));
        let mut map = Self::matched((kind, schema), names, matches);
        price_names::take_the_other_code(kind, &mut map.columns);
        (map.looked_up(), contests)
    }

    fn guess_products<S: AsRef<str>>(
        of: (Kind, &Arc<Schema>),
        (names, own): (&[S], Option<Currency>),
        own_fields: &[(usize, Named)],
    ) -> (Self, Vec<Contest>) {
        let dialect = Dialect::of(names);
        let is_own = |index: usize| own_fields.iter().any(|(other, _)| *other == index);
        let mut matches: Vec<(usize, Named)> = names
            .iter()
            .enumerate()
            .filter(|(index, _)| !is_own(*index))
            .filter_map(|(index, name)| Some((index, named(name.as_ref(), dialect)?)))
            .collect();
        let contests = contests(names, &mut matches, own);
        matches.extend(own_fields);
        matches.sort_by_key(|(index, named)| (named.rank, *index));
        let mut map = Self::matched(of, names, matches);
        map.forget_other_handles();
        map.forget_idle_units();
        (map, contests)
    }

    /// Gives each column the target that its name matches, where no earlier match took it.
    fn matched<S: AsRef<str>>(
        (kind, schema): (Kind, &Arc<Schema>),
        names: &[S],
        matches: Vec<(usize, Named)>,
    ) -> Self {
        let mut columns: Vec<Column> = names.iter().map(|name| ignored(name.as_ref())).collect();
        let mut taken: Vec<Target> = Vec::new();
        for (index, Named { target, .. }) in matches {
            if !taken.iter().any(|other| other.clashes_with(target)) {
                columns[index].target = Some(target);
                taken.push(target);
            }
        }
        Self {
            kind,
            is_matched: false,
            columns,
            schema: Arc::clone(schema),
        }
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
                .columns
                .iter()
                .enumerate()
                .find(is_unit)
                .map(|(index, _)| index);
            if let Some(index) = found.filter(|_| !is_taken) {
                self.columns[index].target = Some(target);
            }
        }
        self.forget_idle_units();
    }

    /// Takes a column that is only called `Product` for what its values say: our codes, or the sender's names.
    /// `samples` gives some values of a column.
    pub fn take_product_codes<'a>(&mut self, samples: impl Fn(usize) -> &'a [String]) {
        price_names::take_product_codes(self.kind, &mut self.columns, samples);
    }

    /// The unit for display beside a weight in grams says nothing of it, and a unit without a measure
    /// nothing at all.
    fn forget_idle_units(&mut self) {
        let feeds = |target: Target| {
            self.columns
                .iter()
                .any(|column| column.target == Some(target))
        };
        let has_weight = feeds(Target::Field(product::WEIGHT));
        let sizes = [product::LENGTH, product::WIDTH, product::HEIGHT];
        let has_size = sizes.into_iter().any(|size| feeds(Target::Field(size)));
        for column in &mut self.columns {
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
            column.target == Some(Target::Field(product::SKU))
                && !column.name.to_lowercase().starts_with("variant")
        };
        let has_options = product::OPTIONS
            .iter()
            .any(|(name, value)| self.index_of(*name).or(self.index_of(*value)).is_some());
        if has_options || !self.columns.iter().any(is_plain_sku) {
            return;
        }
        for column in &mut self.columns {
            if column.target == Some(Target::Handle) && column.name.eq_ignore_ascii_case("handle") {
                column.target = None;
            }
        }
    }

    /// The map that a person made: one target, or none, for each column.
    pub fn chosen<S: AsRef<str>>(
        (kind, schema): (Kind, &Arc<Schema>),
        names: &[S],
        targets: &[Option<Target>],
    ) -> Result<Self> {
        if names.len() != targets.len() {
            return Err(Error::invalid(format!(
                "The file has {} columns, and the map has {}.",
                names.len(),
                targets.len()
            ))
            .hint("Read the file again."));
        }
        let columns = names.iter().map(|name| ignored(name.as_ref()));
        let mut map = Self {
            kind,
            is_matched: false,
            columns: columns.collect(),
            schema: Arc::clone(schema),
        };
        for (index, target) in targets.iter().enumerate() {
            if let Some(other) = target.and_then(|target| map.index_of_clash(target)) {
                return Err(Error::invalid(format!(
                    "The columns \"{}\" and \"{}\" both feed {}.",
                    map.columns[other].name,
                    map.columns[index].name,
                    target.map_or("", |target| target.label(schema))
                ))
                .hint("Let one of them be ignored."));
            }
            map.columns[index].target = *target;
        }
        Ok(map)
    }

    /// The same map of a file whose rows are looked up by what they hold.
    #[must_use]
    pub fn looked_up(self) -> Self {
        Self {
            is_matched: true,
            ..self
        }
    }

    /// Whether what a row is about is looked up by what it holds.
    pub fn is_matched(&self) -> bool {
        self.is_matched
    }

    /// In which ways rows say what they are about, the surest first, with the columns that do.
    pub fn ways(&self) -> Vec<(MatchBy, usize)> {
        let ways = self.kind.matching().map_or(&[][..], |matching| matching.by);
        let columns = ways.iter().filter_map(|way| {
            let target = Target::of_way(self.kind, *way)?;
            Some((*way, self.index_of_clash(target)?))
        });
        columns.collect()
    }

    /// The columns from left to right.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column that fills `field`.
    pub fn index_of(&self, field: Field) -> Option<usize> {
        let fills = |column: &Column| column.target.and_then(Target::field) == Some(field);
        self.columns.iter().position(fills)
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

    /// What is known of the fields.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Of what kind the rows are.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether every row can say which record it is about: by the code, or by all that the code is made
    /// of.
    pub fn identifies_records(&self) -> bool {
        if self.is_matched {
            return !self.ways().is_empty();
        }
        let mut fields = self.kind.identified_by().into_iter();
        fields.all(|field| self.index_of(field).is_some()) || self.layout() == Layout::Shopify
    }

    fn index_of_clash(&self, target: Target) -> Option<usize> {
        let clashes = |column: &Column| {
            column
                .target
                .is_some_and(|other| other.clashes_with(target))
        };
        self.columns.iter().position(clashes)
    }
}

/// What a column of this name feeds, of a kind whose columns are called as its fields are.
pub(super) fn called(kind: Kind, name: &str) -> Option<Target> {
    let name = letters(name);
    let mut fields = kind.fields();
    let field = fields.find(|field| {
        let def = field.def();
        def.is_some_and(|def| [def.label, def.key].iter().any(|own| letters(own) == name))
    })?;
    Some(Target::Field(field))
}

fn ignored(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        target: None,
    }
}

#[cfg(test)]
mod tests;
