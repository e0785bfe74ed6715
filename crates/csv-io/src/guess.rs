//! The guess of an encoding, and how sure it is: the words that are not plain ASCII are read in every
//! encoding that may be meant. When all readings that make sense say the same, it is sure.

use std::collections::HashSet;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use serde::{Deserialize, Serialize};

use super::encoding::Encoding;

/// How many different words are looked at; a longer one is no word.
const WORDS: usize = 64;
const WORD_BYTES: usize = 60;
/// With so many words that readings differ about, what `chardetng` knows of languages decides.
const ENOUGH: usize = 8;
/// How many words and readings a person is shown.
const SHOWN: usize = 5;
const READINGS: usize = 4;
/// Of which so many are left to the code pages of DOS.
const DOS_READINGS: usize = 2;

/// What else a file may be that is not UTF-8; the commonest first.
const CANDIDATES: [&encoding_rs::Encoding; 17] = [
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1251,
    encoding_rs::MACINTOSH,
    encoding_rs::ISO_8859_15,
    encoding_rs::WINDOWS_1253,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1257,
    encoding_rs::WINDOWS_1255,
    encoding_rs::WINDOWS_1256,
    encoding_rs::WINDOWS_874,
    encoding_rs::ISO_8859_2,
    encoding_rs::KOI8_U,
    encoding_rs::IBM866,
    encoding_rs::X_MAC_CYRILLIC,
    encoding_rs::ISO_8859_5,
    encoding_rs::ISO_8859_7,
];
const EAST_ASIAN: [&encoding_rs::Encoding; 5] = [
    encoding_rs::SHIFT_JIS,
    encoding_rs::GBK,
    encoding_rs::BIG5,
    encoding_rs::EUC_JP,
    encoding_rs::EUC_KR,
];

/// An encoding that a file may have, and what the file's odd words are in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The encoding.
    pub encoding: Encoding,
    /// A few words that are not plain ASCII.
    pub words: Vec<String>,
}

impl Reading {
    fn of(encoding: Encoding, words: &[String]) -> Self {
        Self {
            encoding,
            words: words.iter().take(SHOWN).cloned().collect(),
        }
    }
}

/// Counts, over a whole file, what tells UTF-8 from older encodings.
#[derive(Debug, Default)]
pub(super) struct Utf8Check {
    /// Characters of several bytes that are valid UTF-8.
    valid: u64,
    /// Bytes that cannot be UTF-8.
    invalid: u64,
    carried: Vec<u8>,
}

impl Utf8Check {
    /// Looks at the next bytes of the file.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        if self.carried.is_empty() {
            self.check(bytes);
        } else {
            // A character may be cut by the end of a chunk: at most three bytes are carried over.
            let mut joined = std::mem::take(&mut self.carried);
            joined.extend_from_slice(bytes);
            self.check(&joined);
        }
    }

    fn check(&mut self, mut bytes: &[u8]) {
        loop {
            let (valid, bad) = match std::str::from_utf8(bytes) {
                Ok(_) => (bytes.len(), None),
                Err(error) => (error.valid_up_to(), Some(error.error_len())),
            };
            if !bytes[..valid].is_ascii() {
                self.valid += bytes[..valid].iter().filter(|byte| **byte >= 0xc0).count() as u64;
            }
            match bad {
                None => return,
                Some(None) => {
                    self.carried = bytes[valid..].to_vec();
                    return;
                }
                Some(Some(length)) => {
                    self.invalid += 1;
                    bytes = &bytes[valid + length..];
                }
            }
        }
    }

    /// Whether every byte is valid.
    pub(super) fn is_valid(&self) -> bool {
        self.invalid == 0 && self.carried.is_empty()
    }

    /// Whether the file is UTF-8, perhaps with damaged bytes: text in another encoding is hardly ever valid
    /// by chance, and a damaged byte seldom comes alone.
    pub(super) fn is_utf8(&self) -> bool {
        self.is_valid() || self.valid > 2 * (self.invalid + u64::from(!self.carried.is_empty()))
    }
}

/// Gathers, over a whole file that is not UTF-8, what it takes to guess its encoding.
pub(super) struct Guesser {
    detector: EncodingDetector,
    words: Vec<Vec<u8>>,
    seen: HashSet<Vec<u8>>,
    word: Vec<u8>,
}

impl Guesser {
    pub(super) fn new() -> Self {
        Self {
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            words: Vec::new(),
            seen: HashSet::new(),
            word: Vec::new(),
        }
    }

    /// Looks at the next bytes of the file; at its end there are none.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.detector.feed(bytes, bytes.is_empty());
        if self.words.len() == WORDS {
            return;
        }
        for byte in bytes {
            // The second byte of an East Asian character may be a letter or a bracket, but none of these.
            if *byte < 0x30 || (0x3a..0x40).contains(byte) {
                self.end_word();
            } else if self.word.len() <= WORD_BYTES {
                self.word.push(*byte);
            }
        }
        if bytes.is_empty() {
            self.end_word();
        }
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        let is_odd = !word.is_ascii() && word.len() <= WORD_BYTES;
        if is_odd && self.words.len() < WORDS && self.seen.insert(word.clone()) {
            self.words.push(word);
        }
    }

    /// The guess, and whether it is sure; when it is not, what else the file may be.
    ///
    /// The code pages of DOS are offered where Western text makes no sense on Windows; they read any bytes as
    /// something, so they never make a guess less sure.
    pub(super) fn verdict(&self) -> (Encoding, bool, Vec<Reading>) {
        let guessed = self.detector.guess(None, Utf8Detection::Deny);
        let others = match EAST_ASIAN.contains(&guessed) {
            true => &EAST_ASIAN[..],
            false => &CANDIDATES[..],
        };
        let mut candidates = vec![guessed];
        candidates.extend(others.iter().filter(|other| **other != guessed));
        candidates.retain(|candidate| self.makes_sense(Encoding::of(candidate)));
        let is_sensible = candidates.contains(&guessed);
        if !is_sensible {
            candidates.push(guessed);
        }
        let mut readings: Vec<Reading> = Vec::new();
        let mut texts: Vec<Vec<String>> = Vec::new();
        for encoding in candidates.into_iter().map(Encoding::of) {
            let text = self.text_in(encoding);
            if !texts.contains(&text) {
                readings.push(Reading::of(encoding, &text));
                texts.push(text);
            }
        }
        let is_disputed = |word: &usize| texts.iter().any(|text| text[*word] != texts[0][*word]);
        let disputed = (0..self.words.len()).filter(is_disputed).count();
        let sure = is_sensible && (disputed == 0 || disputed >= ENOUGH);
        let encoding = readings[0].encoding;
        if sure {
            return (encoding, true, Vec::new());
        }
        let of_dos = self.readings_of_dos(&texts);
        readings.truncate(READINGS - of_dos.len().min(DOS_READINGS));
        readings.extend(of_dos.into_iter().take(DOS_READINGS));
        (encoding, false, readings)
    }

    /// What the words are on DOS, where that is neither nonsense nor told already.
    fn readings_of_dos(&self, told: &[Vec<String>]) -> Vec<Reading> {
        let is_western = self.makes_sense(Encoding::WINDOWS_1252);
        let mut texts = told.to_vec();
        let mut readings = Vec::new();
        for page in Encoding::of_dos().filter(|_| !is_western) {
            let text = self.text_in(page);
            if self.makes_sense(page) && !texts.contains(&text) {
                readings.push(Reading::of(page, &text));
                texts.push(text);
            }
        }
        readings
    }

    fn text_in(&self, encoding: Encoding) -> Vec<String> {
        let words = self.words.iter();
        words
            .map(|word| encoding.decode(word).into_owned())
            .collect()
    }

    fn makes_sense(&self, encoding: Encoding) -> bool {
        let senseless = self
            .words
            .iter()
            .filter(|word| !is_word(&encoding.decode(word)));
        senseless.count() * 10 <= self.words.len()
    }
}

/// Whether a text may stand in a file as it is: its letters are of one script, no sign stands between
/// letters, and no capital letter comes after a small one.
fn is_word(text: &str) -> bool {
    let is_no_letter = |c: char| {
        // The lines and blocks of which DOS draws frames.
        let is_frame = matches!(c, '\u{2500}'..='\u{259f}');
        c == char::REPLACEMENT_CHARACTER || c.is_control() || is_frame
    };
    if text.contains(is_no_letter) {
        return false;
    }
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let is_east_asian = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    if letters().any(is_east_asian) {
        // Half-width letters are what other encodings look like in Shift_JIS.
        return !text.contains(|c: char| matches!(c, '\u{ff61}'..='\u{ff9f}'));
    }
    let is_latin = |c: char| c < '\u{250}' || matches!(c, '\u{1e00}'..='\u{1eff}');
    // Thai vowels, for one, are marks and no letters.
    let is_other = |c: char| matches!(c, '\u{370}'..='\u{1dff}' | '\u{1f00}'..='\u{1fff}');
    if letters().any(is_latin) && text.contains(is_other) {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    !chars
        .windows(3)
        .any(|part| is_torn(part[0], part[1], part[2]))
        && !chars.windows(2).any(|pair| is_misplaced(pair[0], pair[1]))
}

/// Whether a sign stands between two letters that has no place there.
fn is_torn(before: char, sign: char, after: char) -> bool {
    let joins = matches!(sign, '’' | '‘' | '·' | '–' | '—' | '°' | 'º' | 'ª');
    let is_sign = !sign.is_ascii() && !sign.is_alphanumeric() && !joins;
    let is_small_number = matches!(sign, '²' | '³' | '¹');
    (is_sign || is_small_number) && before.is_alphabetic() && after.is_alphabetic()
}

fn is_misplaced(first: char, second: char) -> bool {
    let is_capital_inside = first.is_lowercase() && second.is_uppercase() && !second.is_ascii();
    let is_fraction = matches!(first, '¼' | '½' | '¾' | '¤' | '¬' | '¯' | '¸' | '¨' | '´');
    is_capital_inside || (is_fraction && second.is_alphabetic())
}

/// UTF-16 without a mark, told by the zero bytes that plain letters have on one side. A few characters of
/// other scripts have one on the other side.
pub(super) fn utf16_without_mark(head: &[u8]) -> Option<Encoding> {
    let head = &head[..head.len() & !1];
    let zeros = |side: usize| {
        let bytes = head.iter().skip(side).step_by(2);
        bytes.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let is_pattern =
        |many: usize, few: usize| many * 14 >= head.len() && many >= 3 && few * 8 <= many;
    let encoding = if is_pattern(odd, even) {
        Encoding::UTF_16LE
    } else if is_pattern(even, odd) {
        Encoding::UTF_16BE
    } else {
        return None;
    };
    let text = encoding.decode_start(head);
    (!text.contains(['\0', char::REPLACEMENT_CHARACTER])).then_some(encoding)
}

#[cfg(test)]
mod tests;
