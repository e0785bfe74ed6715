//! The header, where it comes again among the rows below it.

use super::opening::{header_text, is_name, unnamed};
use super::records::Record;
use super::synonyms::target_named;

/// A longer cell is no name that is written in another way.
const LONGEST_NAME: usize = 200;

/// Whether `record` says what the header says, whatever the case, the spaces and the empty cells at its
/// end; a header of one name may well be a value.
fn repeats(header: &[String], record: &Record) -> bool {
    let mut named = 0;
    for index in 0..header.len().max(record.width()) {
        let cell = header_text(record.cell(index));
        let name = header.get(index).map_or("", String::as_str);
        let is_unnamed = cell.is_empty() && name == unnamed(index);
        if !is_unnamed && !is_same_name(name, cell) {
            return false;
        }
        named += usize::from(!cell.is_empty());
    }
    named > 1
}

/// Finds the header among the rows below it.
#[derive(Debug, Default)]
pub(super) struct HeaderAgain {
    /// Whether a row was looked at that is not blank.
    is_below: bool,
}

impl HeaderAgain {
    /// Whether the next row below the header says again what the header says.
    pub fn is_in(&mut self, header: &[String], record: &Record) -> bool {
        if record.is_blank() {
            return false;
        }
        let is_first = !std::mem::replace(&mut self.is_below, true);
        repeats(header, record) || (is_first && names_the_same(header, record))
    }
}

fn is_same_name(name: &str, cell: &str) -> bool {
    if name == cell {
        return true;
    }
    let first = |text: &str| text.chars().next().and_then(|c| c.to_lowercase().next());
    let may_be = first(name) == first(cell) && name.len().max(cell.len()) <= LONGEST_NAME;
    let words = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
    may_be && words(name) == words(cell)
}

/// Whether `record`, the row below the header, names the same fields in other words, as files have it that
/// put the names of a program below those for people.
fn names_the_same(header: &[String], record: &Record) -> bool {
    let filled = record
        .cells()
        .enumerate()
        .filter(|(_, cell)| !cell.trim().is_empty());
    let mut known = 0;
    for (index, cell) in filled {
        let target = target_named(cell.trim());
        let own = header.get(index).and_then(|name| target_named(name));
        match (target, own) {
            (Some(target), Some(own)) if target == own => known += 1,
            (Some(_), None) => known += 1,
            (None, None) if is_name(cell.trim()) && !cell.trim().contains(' ') => {}
            _ => return false,
        }
    }
    known > 1
}

#[cfg(test)]
mod tests {
    use super::{Record, names_the_same, repeats};
    use crate::Delimiter;
    use crate::records::RecordReader;

    fn record(text: &str) -> Record {
        let mut reader = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
        let mut record = Record::default();
        assert!(reader.read(&mut record).unwrap());
        record
    }

    #[test]
    fn a_header_comes_again_in_another_case_or_in_other_words() {
        let header = ["sku", "name", "Column 3", "brand"].map(str::to_owned);
        let again = |text: &str| repeats(&header, &record(text));
        for text in [
            "sku,name,,brand",
            "SKU,Name,,BRAND",
            " sku , na me,,brand,,",
            "\u{feff}sku,name,,brand",
        ] {
            assert!(again(text), "{text}");
        }
        for text in ["sku,name,,", "sku,name,x,brand", "A,Hat,,Wolf", "sku,name"] {
            assert!(!again(text), "{text}");
        }
        let header = ["Item code", "Title", "Colour", "Price"].map(str::to_owned);
        let below = |text: &str| names_the_same(&header, &record(text));
        assert!(below("sku,name,colour_x,store_price"));
        let foreign = ["Artikelnummer", "Bezeichnung", "Preis"].map(str::to_owned);
        let row = |text: &str| names_the_same(&foreign, &record(text));
        assert!(row("sku,name,store_price"));
        assert!(!row("A-1,Stock,5"));
        assert!(!below("sku,Hat,red,1"));
        assert!(!below("A,Hat,red,1"));
    }
}
