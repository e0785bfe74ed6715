//! Lines among the rows that are no products: totals, and notes below the table.

use super::columns::ColumnMap;
use super::item::Skip;
use super::target::Target;
use domain::catalog::product;

const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sum",
    "sums",
    "total:",
    "grand total:",
    "subtotal:",
    "sum:",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "totale",
    "totaal",
    "somme",
    "suma",
    "razem",
    "итого",
    "всего",
    "合計",
    "总计",
    "yhteensä",
    "summa",
    "i alt",
];
/// A sentence has at least so many words.
const SENTENCE: usize = 4;
/// A line of fewer columns may well be one product with one cell.
const FEWEST_COLUMNS: usize = 3;

/// What a line is that has these cells, when it may be no product; what its place among the columns says
/// is not considered.
pub(super) fn may_be_odd<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Skip> {
    let mut filled = cells
        .map(str::trim)
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty());
    let (at, first) = filled.next()?;
    if is_total(first) {
        return Some(Skip::Total);
    }
    (at == 0 && filled.next().is_none() && is_note(first)).then_some(Skip::Note)
}

/// What a line is that is no product, in a file whose SKUs (or handles) stand in the column `code`.
pub(super) fn odd_line<'a>(
    cells: impl Iterator<Item = &'a str> + Clone,
    code: Option<usize>,
    columns: usize,
) -> Option<Skip> {
    let code = code?;
    let found = may_be_odd(cells.clone())?;
    let written = cells.clone().nth(code).unwrap_or_default().trim();
    let is_odd = match found {
        // A brand may be called Total; a product without a SKU is none.
        Skip::Total => written.is_empty() || is_total(written),
        _ => columns >= FEWEST_COLUMNS && (written.is_empty() || is_note(written)),
    };
    is_odd.then_some(found)
}

/// The column that says which product a row is about.
pub(super) fn code_column(map: &ColumnMap) -> Option<usize> {
    let feeds = |target: Target| {
        map.columns()
            .iter()
            .position(|column| column.target == Some(target))
    };
    if map.is_matched() {
        return map.ways().into_iter().map(|(_, column)| column).next();
    }
    map.handle().or_else(|| feeds(Target::Field(product::SKU)))
}

fn is_total(text: &str) -> bool {
    let may_be = text.len() <= 20 && !text.bytes().any(|byte| byte.is_ascii_digit());
    may_be && TOTALS.contains(&text.to_lowercase().as_str())
}

/// Whether a text that stands alone is a sentence or a rule rather than a code.
fn is_note(text: &str) -> bool {
    text.split_whitespace().count() >= SENTENCE
        || text.starts_with('*')
        || (text.len() > 2
            && text
                .chars()
                .all(|c| matches!(c, '-' | '=' | '_' | '*' | '#' | '.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<Skip> {
        odd_line(text.split(','), Some(0), text.split(',').count())
    }

    #[test]
    fn totals_and_notes_are_told_from_products() {
        for text in [
            "Total,,,3",
            "Grand total,2 items,30,3",
            ",Total,30,3",
            "SUMME,,,3",
            "Итого,,,3",
        ] {
            assert_eq!(line(text), Some(Skip::Total), "{text}");
        }
        for text in [
            "* prices ex works,,,",
            "Printed 28.11.2026 page 1 of 1,,,",
            "-----,,,",
        ] {
            assert_eq!(line(text), Some(Skip::Note), "{text}");
        }
        for text in [
            "A1,Total,1,2",
            "Total-5W30,Oil,1,2",
            "AB 205,,,",
            "A1,,,",
            "x y z w v",
            ",Sofa,1,2",
            ",,,",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
        let brand_first = odd_line("Total,OIL-1,Oil,5".split(','), Some(1), 4);
        assert_eq!(brand_first, None);
    }
}
