//! Records: where the rows and cells of a delimited text begin and end.
//!
//! A splitter of our own, because dirty files need what the `csv` crate does not tell: blank lines
//! as records, the true line of each record, and a quote that is opened and never closed, which
//! must cost one row and not the rest of the file. On sound files both agree (tested).

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::delimiter::Delimiter;
use super::split::{Patience, QuoteFault, Split};
use super::window::Window;
use domain::error::{Error, Result};

/// One record of the file: its cells and where it stands.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The line on which it starts; the first line of the file is 1.
    pub line: u64,
    /// Where it starts, in bytes.
    pub offset: u64,
    /// What was wrong with its quotes.
    pub fault: Option<QuoteFault>,
    text: String,
    ends: Vec<u32>,
}

impl Record {
    /// How many cells it has; a blank line has one, which is empty.
    pub fn width(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes of memory it takes.
    pub(super) fn held(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }

    /// Whether nothing but spaces stands in it, or the mark with which programs of DOS end a text.
    pub fn is_blank(&self) -> bool {
        matches!(self.text.trim(), "" | "\u{1a}")
    }

    /// Whether a character of it could not be read in the file's encoding.
    pub fn is_damaged(&self) -> bool {
        self.text.contains(char::REPLACEMENT_CHARACTER)
    }

    /// The cell at `index` as it stands in the file without its quotes; empty when it is missing.
    pub fn cell(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else {
            return "";
        };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..*end as usize]
    }

    /// Replaces cells by other texts; cells between the last one and a new one are empty.
    pub(super) fn replace(&mut self, cells: &BTreeMap<usize, String>) {
        let last = cells.last_key_value().map_or(0, |(index, _)| index + 1);
        let mut text = String::with_capacity(self.text.len());
        let mut ends = Vec::with_capacity(self.ends.len().max(last));
        for index in 0..self.width().max(last) {
            text.push_str(
                cells
                    .get(&index)
                    .map_or_else(|| self.cell(index), String::as_str),
            );
            // A record is split from one window, whose places fit.
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        (self.text, self.ends) = (text, ends);
    }

    /// The cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.width()).map(|index| self.cell(index))
    }
}

/// Where a record starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FilePosition {
    /// In bytes.
    pub offset: u64,
    /// The line; the first line of the file is 1.
    pub line: u64,
}

/// Splits UTF-8 text into records, holding one of them in memory.
#[derive(Debug)]
pub struct RecordReader<R> {
    window: Window<R>,
    delimiter: u8,
    patience: Patience,
}

impl<R: Read> RecordReader<R> {
    /// Reads `input`, whose cells are separated by `delimiter`. A first line `sep=;`, which Excel
    /// understands as a setting, is passed over.
    pub fn new(input: R, delimiter: Delimiter) -> Result<Self> {
        let mut window = Window::new(input);
        while window.len() < 16 && window.fill()? {}
        if let Some((_, length)) = Delimiter::in_separator_line(window.bytes()) {
            window.advance(length, 1);
        }
        Ok(Self {
            window,
            delimiter: delimiter.byte(),
            patience: Patience::default(),
        })
    }

    /// How many bytes were looked at for the records so far, and how many are held.
    #[cfg(test)]
    pub(super) fn cost(&self) -> (u64, usize) {
        (self.patience.work, self.window.held())
    }

    /// How many bytes have been read as records.
    pub fn offset(&self) -> u64 {
        self.window.offset
    }

    /// Where the next record starts.
    pub(super) fn position(&self) -> FilePosition {
        FilePosition {
            offset: self.window.offset,
            line: self.window.line,
        }
    }

    /// Reads the next record into `record`; false at the end of the file.
    pub fn read(&mut self, record: &mut Record) -> Result<bool> {
        if !self.window.has(0)? {
            return Ok(false);
        }
        let text = std::mem::take(&mut record.text).into_bytes();
        let ends = std::mem::take(&mut record.ends);
        let mut split = Split::new(self.delimiter, text, ends, self.patience);
        split.run(&mut self.window)?;
        self.patience.read += split.at as u64;
        self.patience.work += split.work;
        let line = self.window.line;
        record.line = line;
        record.offset = self.window.offset;
        record.fault = split.fault();
        let bytes = &self.window.bytes()[..split.at];
        let lines = match split.spans_lines {
            true => count_line_ends(bytes),
            false => u64::from(matches!(bytes.last(), Some(b'\n' | b'\r'))),
        };
        self.window.advance(split.at, lines);
        record.ends = split.ends;
        record.text = String::from_utf8(split.text)
            .map_err(|_| Error::internal(format!("Line {line} of the copy is not UTF-8.")))?;
        Ok(true)
    }
}

impl<R: Read + Seek> RecordReader<R> {
    /// Goes to the record that starts at `position`.
    pub(super) fn seek(&mut self, position: FilePosition) -> Result<()> {
        self.window.seek(position.offset, position.line)
    }
}

/// How many lines end in `bytes`: at `\n`, and at a `\r` that no `\n` follows.
fn count_line_ends(bytes: &[u8]) -> u64 {
    let mut lines = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        lines += u64::from(ends);
    }
    lines
}

#[cfg(test)]
mod tests;
