//! Columns: what each column of a file feeds, proposed from its name and changed by a person.

use crate::label_of;
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use serde::{Deserialize, Serialize};

use super::synonyms::target_named;
use domain::error::{Error, Result};
use domain::record::Field;

/// What a column feeds. Its key is a field's key, or `handle`, `grams`, `taxable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Shopify's handle, which ties the rows of one product together.
    Handle,
    /// The weight in grams; fills [`product::WEIGHT`].
    Grams,
    /// The opposite of [`product::TAX_FREE`].
    Taxable,
    /// A field, as it is.
    #[serde(untagged)]
    Field(Field),
}

impl Target {
    /// Every target, in the order in which people read them.
    pub fn all() -> impl Iterator<Item = Target> {
        let fields = PRODUCT.fields().map(Target::Field);
        fields.chain([Self::Handle, Self::Grams, Self::Taxable])
    }

    /// Its name in JSON and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(field) => field.def().map_or("", |def| def.key),
            Self::Handle => "handle",
            Self::Grams => "grams",
            Self::Taxable => "taxable",
        }
    }

    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Field(field) => label_of(field),
            Self::Handle => "Handle (Shopify)",
            Self::Grams => "Weight in grams",
            Self::Taxable => "Taxable",
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
            Self::Handle => None,
            Self::Grams => Some(product::WEIGHT),
            Self::Taxable => Some(product::TAX_FREE),
        }
    }

    /// Whether both would fill the same thing.
    fn clashes_with(self, other: Self) -> bool {
        self == other || (self.field().is_some() && self.field() == other.field())
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
        let mut columns: Vec<Column> = names.iter().map(|name| ignored(name.as_ref())).collect();
        let mut matches: Vec<_> = names
            .iter()
            .enumerate()
            .filter_map(|(index, name)| {
                let (target, rank) = target_named(name.as_ref())?;
                Some((rank, index, target))
            })
            .collect();
        matches.sort_by_key(|(rank, index, _)| (*rank, *index));
        for (_, index, target) in matches {
            let taken = columns
                .iter()
                .filter_map(|column| column.target)
                .any(|other| other.clashes_with(target));
            if !taken {
                columns[index].target = Some(target);
            }
        }
        let mut map = Self(columns);
        map.forget_other_handles();
        map
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
        self.index_of(product::SKU).is_some() || self.layout() == Layout::Shopify
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

fn ignored(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        target: None,
    }
}

#[cfg(test)]
mod tests;
