//! What a person should know of a column before it is read: words in place of values, and currencies.

use serde::{Deserialize, Serialize};

use super::number::{Spoken, spoken_in};
use super::words::{may_be_empty_word, stock_in_words};

/// So many different words are named.
const NAMED: usize = 6;
/// What says a currency has no more letters: `US$`, `AUD $`.
const MOST_LETTERS: usize = 6;
/// So many garbled texts are shown, none longer than this.
const GARBLED: usize = 2;
const LONGEST_GARBLED: usize = 80;
/// A longer cell is no amount.
const LONGEST_AMOUNT: usize = 24;

/// The oddities of a column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Oddities {
    /// Words for nothing, such as `NULL`, and how many cells hold one.
    pub empty_words: Vec<String>,
    pub empty_cells: u64,
    /// Stocks in words, such as `10+`.
    pub stock_words: Vec<String>,
    /// Amounts beside which a currency stands, one for each way of saying it, and currencies alone.
    pub currencies: Vec<String>,
    /// Texts that another program read in a wrong encoding before, each with what they were.
    #[serde(default)]
    pub garbled: Vec<(String, String)>,
}

impl Oddities {
    /// Takes in a cell that is not empty; says whether it is a word for nothing.
    pub fn look_at(&mut self, cell: &str) -> bool {
        if may_be_empty_word(cell) {
            self.empty_cells += 1;
            note(&mut self.empty_words, cell);
            return true;
        }
        if self.garbled.len() < GARBLED
            && let Some(was) = ungarbled(cell)
        {
            self.garbled.push((cell.to_owned(), was));
        }
        let is_known = self.stock_words.iter().any(|known| known == cell);
        if self.stock_words.len() < NAMED && !is_known && stock_in_words(cell).is_some() {
            note(&mut self.stock_words, cell);
        }
        let is_plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-');
        if self.currencies.len() < NAMED
            && cell.len() <= LONGEST_AMOUNT
            && !cell.bytes().all(is_plain)
        {
            self.take_currency(cell);
        }
        false
    }

    fn take_currency(&mut self, cell: &str) {
        let letters = cell.bytes().filter(u8::is_ascii_alphabetic).count();
        if letters > MOST_LETTERS {
            return;
        }
        let Some(spoken) = spoken_in(cell).filter(|spoken| !spoken.is_nothing()) else {
            return;
        };
        let is_known = self.spoken().any(|other| other == spoken);
        if !is_known {
            self.currencies.push(cell.to_owned());
        }
    }

    /// What the amounts say of their currency.
    pub fn spoken(&self) -> impl Iterator<Item = Spoken> {
        self.currencies.iter().filter_map(|cell| spoken_in(cell))
    }
}

/// What a text was before its UTF-8 was read as Windows-1252: `Käse` for `KÃ¤se`.
fn ungarbled(text: &str) -> Option<String> {
    // What the first byte of two or three looks like.
    let may_be = text.len() <= LONGEST_GARBLED && !text.is_ascii();
    if !may_be || !text.contains(['Ã', 'Â', 'â', 'Ä', 'Å']) {
        return None;
    }
    let (bytes, _, is_lossy) = encoding_rs::WINDOWS_1252.encode(text);
    let was = std::str::from_utf8(&bytes).ok().filter(|_| !is_lossy)?;
    Some(was.to_owned())
}

fn note(words: &mut Vec<String>, word: &str) {
    if words.len() < NAMED && !words.iter().any(|known| known == word) {
        words.push(word.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::ungarbled;

    #[test]
    fn text_that_was_read_in_a_wrong_encoding_before_is_known() {
        for (text, was) in [
            ("KÃ¤se grÃ¶ÃŸe", "Käse größe"),
            ("CafÃ©", "Café"),
            ("5 â‚¬", "5 €"),
            ("2Â°", "2°"),
        ] {
            assert_eq!(ungarbled(text).as_deref(), Some(was));
        }
        for text in [
            "Käse",
            "Ärger",
            "Ångström",
            "château",
            "SÃO PAULO",
            "Ã",
            "plain",
        ] {
            assert_eq!(ungarbled(text), None, "{text}");
        }
    }
}
