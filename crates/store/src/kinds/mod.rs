//! What the store knows of each kind of record: its table, what is derived from its fields, and
//! what must be unique. One `static` per kind; reading, writing, the journal and undo know no kind.

mod channels;
mod custom_fields;
mod products;
mod suppliers;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

use domain::error::{Error, Result};
use domain::record::{Column, Field, Kind, Record};

use crate::bind::Bind;

use channels::{CHANNEL_FIELDS, CHANNELS};
pub(crate) use custom_fields::CUSTOM_FIELDS;
pub(crate) use products::PRODUCTS;
use suppliers::{SUPPLIER_PRODUCTS, SUPPLIERS};

/// What the store knows of one kind of record.
pub struct KindRules {
    /// The kind.
    pub kind: Kind,
    /// Its table. Every table has `pk`, `id`, `version`, `deleted`, `created_at`, `updated_at` and
    /// `tx_id` besides the columns of the fields, which have a default, but for the code: a write names
    /// only what it changes.
    pub table: &'static str,
    /// The columns that are computed from fields.
    pub derived: &'static [Derived],
    /// What must be unique besides the code.
    pub unique: &'static [Unique],
    /// The columns that are computed from records of other kinds which refer to this one.
    pub gathered: &'static [Gathered],
    /// SQLite's search tables, each with the columns that it takes from the table.
    pub search_tables: &'static [(&'static str, &'static str)],
    /// The fields that the search tables hold.
    pub searched: &'static [Field],
    /// How a large first import goes without indexes, when it does.
    pub fill: Option<FillRules>,
    /// The statement that selects whole records.
    pub select: OnceLock<String>,
}

/// How a large first import into an empty file goes without indexes.
pub struct FillRules {
    /// The index whose absence marks a file that is being filled.
    pub mark: &'static str,
    /// Indexes that writing needs.
    pub kept: &'static [&'static str],
}

/// A column that is computed from fields.
pub struct Derived {
    /// Its name.
    pub column: &'static str,
    /// The fields that it is computed from.
    pub from: &'static [Field],
    /// What it holds.
    pub value: fn(&Record) -> Bind,
}

impl Derived {
    /// Whether it has to be computed anew when these fields change.
    pub(crate) fn depends_on(&self, changed: &BTreeSet<Field>) -> bool {
        if self.column == CUSTOM.column {
            return changed
                .iter()
                .any(|field| matches!(field, Field::Custom(_)));
        }
        self.from.iter().any(|field| changed.contains(field))
    }
}

/// The column of a table whose records may have fields of the workspace's own: it holds their values.
pub const CUSTOM: Derived = Derived {
    column: "custom",
    from: &[],
    value: |record| Bind::Text(crate::custom::to_json(record.fields.custom())),
};

/// A column that is computed from records of another kind which refer to this one, by way of a
/// third kind that they name as well: how suppliers cover a product. It is no field: nothing but
/// the store writes it, and no version, journal or undo knows of it. A parent has the least value of
/// its living children.
#[derive(Debug)]
pub struct Gathered {
    /// Its name. The column is a number, and 0 where no record counts.
    pub column: &'static str,
    /// The field by which those records refer to this kind.
    pub by: Field,
    /// Their fields that it depends on.
    pub from: &'static [Field],
    /// The field by which they name the third kind.
    pub through: Field,
    /// The fields of the third kind that it depends on.
    pub through_from: &'static [Field],
    /// Which of the records `r` with their third ones `t` count, besides being out of the trash.
    pub counts: &'static str,
    /// What they come to, as an aggregate of SQL.
    pub value: &'static str,
}

/// A text that only one living record may have among those that refer to the same other one.
#[derive(Debug)]
pub struct Unique {
    /// The column that holds it.
    pub column: &'static str,
    /// The reference within which it is unique.
    pub within: Field,
    /// The fields that it is computed from; the first is where a person would mend it.
    pub from: &'static [Field],
    /// What people call it; completes "has the same …".
    pub what: &'static str,
    /// The text of a record, when it has one.
    pub value: fn(&Record) -> Option<String>,
}

/// A kind that is no part of the product.
static MADE_UP: OnceLock<&'static KindRules> = OnceLock::new();

/// Adds the rules of a kind that is no part of the product, so that a test can show what one costs.
pub fn make_up(rules: &'static KindRules) {
    domain::kinds::make_up(rules.kind);
    MADE_UP.get_or_init(|| rules);
}

/// Every kind that is written as records.
pub(crate) fn all() -> impl Iterator<Item = &'static KindRules> {
    let kinds = [
        &PRODUCTS,
        &SUPPLIERS,
        &SUPPLIER_PRODUCTS,
        &CUSTOM_FIELDS,
        &CHANNELS,
        &CHANNEL_FIELDS,
    ];
    kinds.into_iter().chain(MADE_UP.get().copied())
}

/// The kinds whose records can come from a file.
pub fn importable() -> impl Iterator<Item = Kind> {
    all().map(|rules| rules.kind)
}

/// The kinds whose codes are made of the codes of others.
pub(crate) fn made_of_codes() -> Vec<&'static KindRules> {
    all()
        .filter(|rules| rules.kind.def().code_of.is_some())
        .collect()
}

/// The columns of other kinds that refer to records of this one; families, which are of one kind,
/// are not among them.
pub(crate) fn referring_to(kind: Kind) -> Vec<(&'static KindRules, &'static str)> {
    let mut found = Vec::new();
    for rules in all().filter(|rules| rules.kind != kind) {
        let references = rules.kind.references().filter_map(Field::reference);
        let to_kind = references.filter(|reference| reference.to == kind.key());
        found.extend(to_kind.map(|reference| (rules, reference.column)));
    }
    found
}

/// Every column that is computed from records of other kinds, with the rules of the kind that has it.
pub(crate) fn gathered() -> impl Iterator<Item = (&'static KindRules, &'static Gathered)> {
    all().flat_map(|rules| rules.gathered.iter().map(move |gathered| (rules, gathered)))
}

/// The rules of a kind.
pub(crate) fn rules(kind: Kind) -> Result<&'static KindRules> {
    find(kind).ok_or_else(|| Error::internal(format!("The store has no table of {kind} records.")))
}

/// The rules of a kind, inside a transaction.
pub(crate) fn rules_in_tx(kind: Kind) -> sqlx::Result<&'static KindRules> {
    find(kind).ok_or_else(|| sqlx::Error::Protocol(format!("there is no table of {kind} records")))
}

fn find(kind: Kind) -> Option<&'static KindRules> {
    all().find(|rules| rules.kind == kind)
}

/// How many columns stand before the references.
pub(crate) const BEFORE_REFERENCES: usize = 5;

impl KindRules {
    /// The fields that have a column of their own.
    pub(crate) fn stored(&self) -> impl Iterator<Item = Field> {
        let is_own = |field: &Field| field.def().is_some_and(|def| def.column == Column::Own);
        self.kind.fields().filter(is_own)
    }

    /// The columns that hold the ids of other records.
    pub(crate) fn reference_columns(&self) -> impl Iterator<Item = &'static str> {
        let references = self.kind.references();
        references.filter_map(|field| Some(field.reference()?.column))
    }

    /// The column of a field of the kind that has one of its own.
    pub(crate) fn own_column(&self, field: Field) -> Option<&'static str> {
        let def = field.def().filter(|_| self.kind.has(field))?;
        (def.column == Column::Own).then_some(def.key)
    }

    /// What a field of the kind is read from by [`KindRules::select`]: a column of its own, or the
    /// code of the record that it names.
    pub(crate) fn column(&self, field: Field) -> Option<String> {
        if let Some(column) = self.own_column(field) {
            return Some(format!("p.{column}"));
        }
        let at = self.kind.references().position(|other| other == field)?;
        let to = Kind::from_key(field.reference()?.to)?;
        Some(format!("r{at}.{}", to.code().short_key()))
    }

    /// Selects whole records as `p`; a condition follows.
    pub(crate) fn select(&self) -> &str {
        self.select.get_or_init(|| self.write_select())
    }

    fn write_select(&self) -> String {
        let mut sql = "select p.pk, p.id, p.version, p.deleted, p.updated_at".to_owned();
        let mut joins = String::new();
        for column in self.reference_columns() {
            write!(sql, ", p.{column}").ok();
        }
        let mut references = 0;
        for def in self.kind.def().fields {
            let Column::Reference(reference) = def.column else {
                write!(sql, ", p.{}", def.key).ok();
                continue;
            };
            let Some(to) = Kind::from_key(reference.to).and_then(find) else {
                continue;
            };
            let (alias, code) = (format!("r{references}"), to.kind.code().short_key());
            write!(sql, ", {alias}.{code}").ok();
            write!(
                joins,
                " left join {} {alias} on {alias}.id = p.{}",
                to.table, reference.column
            )
            .ok();
            references += 1;
        }
        if self.has_custom() {
            write!(sql, ", p.{}", CUSTOM.column).ok();
        }
        format!("{sql} from {} p{joins} ", self.table)
    }

    /// Whether its records may have fields of the workspace's own.
    pub(crate) fn has_custom(&self) -> bool {
        let mut derived = self.derived.iter();
        derived.any(|derived| derived.column == CUSTOM.column)
    }

    /// Whether the search looks at one of these fields.
    pub(crate) fn is_searched<'a>(&self, fields: impl IntoIterator<Item = &'a Field>) -> bool {
        fields
            .into_iter()
            .any(|field| self.searched.contains(field))
    }
}

#[cfg(test)]
mod tests {
    use domain::record::MAX_REFERENCES;

    use super::all;

    #[test]
    fn every_kind_selects_its_fields_in_their_order() {
        for rules in all() {
            let sql = rules.select();
            let (columns, _) = sql.split_once(" from ").unwrap();
            let columns = columns.split(", ").count();
            let references = rules.reference_columns().count();
            assert!(references <= MAX_REFERENCES);
            assert_eq!(
                columns,
                super::BEFORE_REFERENCES
                    + references
                    + rules.kind.len()
                    + usize::from(rules.has_custom()),
                "{sql}"
            );
        }
    }
}
