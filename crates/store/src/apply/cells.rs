//! The columns of a statement that writes many rows, and what each row has for them. One list says
//! it for inserts and updates alike, so a column that every write has to know is added here alone.

use std::collections::BTreeSet;

use domain::record::{Field, Record};
use domain::values::RecordId;

use super::rows::Written;
use super::stamp::Stamp;
use crate::bind::Bind;
use crate::kinds::KindRules;

/// A column, and where its value comes from.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub(super) column: &'static str,
    source: Source,
}

#[derive(Clone, Copy)]
enum Source {
    RowNumber,
    Id,
    Version,
    Trashed,
    Now,
    Transaction,
    /// The id of the record that the reference of this number names.
    Reference(usize),
    Derived(fn(&Record) -> Bind),
    Field(Field),
    /// What stands in for a value that is not going to be written.
    Nothing,
}

impl Cell {
    const fn of(column: &'static str, source: Source) -> Self {
        Self { column, source }
    }

    /// The value of a row. A field is moved out of it, so what is derived from fields stands before
    /// them.
    pub(super) fn bind(self, row: &mut Written, stamp: Stamp) -> Bind {
        let record = &mut row.record;
        match self.source {
            Source::RowNumber => Bind::Number(row.pk.unwrap_or_default()),
            Source::Id => Bind::Id(Some(record.id.uuid())),
            Source::Version => Bind::Number(record.version),
            Source::Trashed => Bind::Flag(record.trashed),
            Source::Now => Bind::Number(stamp.now.0),
            Source::Transaction => Bind::Number(stamp.tx_id),
            Source::Reference(at) => Bind::Id(record.references[at].map(RecordId::uuid)),
            Source::Derived(value) => value(record),
            Source::Field(field) => Bind::of(field, record.fields.take(field)),
            Source::Nothing => Bind::Text(String::new()),
        }
    }
}

/// What an insert writes: everything, but of the fields only those that `is_filled` names.
pub(super) fn of_insert(rules: &KindRules, is_filled: impl Fn(&Field) -> bool) -> Vec<Cell> {
    let mut cells = vec![
        Cell::of("id", Source::Id),
        Cell::of("version", Source::Version),
        Cell::of("deleted", Source::Trashed),
        Cell::of("created_at", Source::Now),
        Cell::of("updated_at", Source::Now),
        Cell::of("tx_id", Source::Transaction),
    ];
    cells.extend(references(rules));
    let derived = rules.derived.iter();
    cells.extend(derived.map(|derived| Cell::of(derived.column, Source::Derived(derived.value))));
    cells.extend(fields(rules, is_filled));
    cells
}

/// What an update assigns when these fields change, and no more: `deleted`, for one, leads many
/// indexes, and SQLite writes each index anew of which a column is assigned.
pub(super) fn of_update(rules: &KindRules, changed: &BTreeSet<Field>, moves: bool) -> Vec<Cell> {
    let mut cells = vec![
        Cell::of("version", Source::Version),
        Cell::of("updated_at", Source::Now),
        Cell::of("tx_id", Source::Transaction),
    ];
    if moves {
        cells.push(Cell::of("deleted", Source::Trashed));
    }
    let named = changed.iter().filter_map(|field| field.reference());
    let named: Vec<_> = named.map(|reference| reference.column).collect();
    // A record that comes back may have another parent than before.
    cells.extend(references(rules).filter(|cell| moves || named.contains(&cell.column)));
    let derived = rules.derived.iter();
    let derived = derived.filter(|derived| derived.depends_on(changed));
    cells.extend(derived.map(|derived| Cell::of(derived.column, Source::Derived(derived.value))));
    cells.extend(fields(rules, |field| changed.contains(field)));
    cells
}

/// The columns of an update where a row is told from others by its number.
pub(super) fn numbered(assigned: &[Cell]) -> Vec<Cell> {
    let mut cells = vec![Cell::of("pk", Source::RowNumber)];
    cells.extend(assigned);
    cells
}

/// The columns of an update that is written as an insert: those that have no default, too.
pub(super) fn whole(rules: &KindRules, assigned: &[Cell]) -> Vec<Cell> {
    let is_missing = |cell: &Cell| assigned.iter().all(|other| other.column != cell.column);
    let mut cells = vec![
        Cell::of("pk", Source::RowNumber),
        Cell::of("id", Source::Id),
        Cell::of("created_at", Source::Now),
    ];
    cells.extend(references(rules).filter(is_missing));
    let derived = rules.derived.iter();
    let derived = derived.map(|derived| Cell::of(derived.column, Source::Nothing));
    cells.extend(derived.filter(is_missing));
    cells.extend(assigned);
    cells.extend(fields(rules, |field| *field == rules.kind.code()).filter(is_missing));
    cells
}

fn references(rules: &KindRules) -> impl Iterator<Item = Cell> {
    let columns = rules.reference_columns().enumerate();
    columns.map(|(at, column)| Cell::of(column, Source::Reference(at)))
}

fn fields(rules: &KindRules, wanted: impl Fn(&Field) -> bool) -> impl Iterator<Item = Cell> {
    let stored = rules.stored().filter(move |field| wanted(field));
    stored.filter_map(|field| Some(Cell::of(field.def()?.key, Source::Field(field))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::catalog::product::{NAME, STOCK};

    use super::{Cell, numbered, of_update, whole};
    use crate::kinds::PRODUCTS;

    fn columns(cells: &[Cell]) -> Vec<&'static str> {
        cells.iter().map(|cell| cell.column).collect()
    }

    #[test]
    fn a_new_stock_touches_no_index_of_the_name_or_of_the_trash() {
        let assigned = of_update(&PRODUCTS, &BTreeSet::from([STOCK]), false);
        let expected = ["version", "updated_at", "tx_id", "stock"];
        assert_eq!(columns(&assigned), expected);
        assert_eq!(columns(&numbered(&assigned))[1..], expected);
    }

    #[test]
    fn what_is_made_of_a_field_is_written_with_it() {
        let assigned = of_update(&PRODUCTS, &BTreeSet::from([NAME]), true);
        let written = columns(&assigned);
        for column in ["deleted", "parent_id", "name_key", "words", "name"] {
            assert!(written.contains(&column), "{column} is among {written:?}");
        }
    }

    #[test]
    fn a_whole_row_has_each_column_once() {
        for changed in [BTreeSet::from([STOCK]), BTreeSet::from([NAME])] {
            let cells = whole(&PRODUCTS, &of_update(&PRODUCTS, &changed, false));
            let all = columns(&cells);
            let once: BTreeSet<_> = all.iter().collect();
            assert_eq!(once.len(), all.len(), "{all:?}");
            assert!(once.contains(&"sku"), "the code has no default");
        }
    }
}
