//! Records: where the rows and cells of a delimited text begin and end.
//!
//! A splitter of our own, because dirty files need what the `csv` crate does not tell: blank lines
//! as records, the true line of each record, and a quote that is opened and never closed, which
//! must cost one row and not the rest of the file. On sound files both agree (tested below).

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use super::delimiter::Delimiter;
use crate::error::{Code, Error, Result};

const CHUNK: usize = 256 * 1024;
/// A row longer than this is not a row of a product file.
const MAX_RECORD_BYTES: usize = 4 * 1024 * 1024;
/// A quoted cell that goes on for longer than this was never closed.
const MAX_QUOTED_BYTES: usize = 1024 * 1024;
const MAX_QUOTED_LINES: usize = 1000;
/// With so many unclosed quotes in one record, all its quotes are text.
const MAX_LITERAL_QUOTES: usize = 8;

/// What was wrong with the quotes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFault {
    /// Quotes inside a quoted cell are not doubled; they were read as part of the text.
    NotDoubled,
    /// A cell starts with a quote that is never closed; it was read as part of the text.
    NotClosed,
}

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
    ends: Vec<usize>,
}

impl Record {
    /// How many cells it has; a blank line has one, which is empty.
    pub fn width(&self) -> usize {
        self.ends.len()
    }

    /// Whether nothing but spaces stands in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
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
        &self.text[start..*end]
    }

    /// The cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.width()).map(|index| self.cell(index))
    }
}

/// Splits UTF-8 text into records, holding one of them in memory.
#[derive(Debug)]
pub struct RecordReader<R> {
    input: R,
    delimiter: u8,
    buffer: Vec<u8>,
    start: usize,
    filled: usize,
    ended: bool,
    offset: u64,
    line: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    QuoteSeen,
}

/// How far the splitting of one record has come; positions count from the record's start.
struct Split {
    text: Vec<u8>,
    ends: Vec<usize>,
    state: State,
    at: usize,
    opened_at: usize,
    /// Line breaks in the quoted cell that was opened last.
    quoted_breaks: usize,
    /// Whether any quoted cell has a line break.
    spans_lines: bool,
    /// Where quotes stand that open no cell, because nothing closes them.
    literal: Vec<usize>,
    loose: bool,
}

enum Step {
    On,
    End,
    /// The quote that was opened last is never closed.
    Broken,
}

impl Split {
    fn new(mut text: Vec<u8>, mut ends: Vec<usize>, literal: Vec<usize>) -> Self {
        text.clear();
        ends.clear();
        Self {
            text,
            ends,
            state: State::CellStart,
            at: 0,
            opened_at: 0,
            quoted_breaks: 0,
            spans_lines: false,
            literal,
            loose: false,
        }
    }

    /// The same record again, with the quote that was opened last as part of its text.
    fn again(mut self) -> Self {
        self.literal.push(self.opened_at);
        Self::new(self.text, self.ends, self.literal)
    }

    fn opens_quote(&self) -> bool {
        self.literal.len() < MAX_LITERAL_QUOTES && !self.literal.contains(&self.at)
    }

    fn end_cell(&mut self) {
        self.ends.push(self.text.len());
        self.state = State::CellStart;
    }
}

impl<R: Read> RecordReader<R> {
    /// Reads `input`, whose cells are separated by `delimiter`. A first line `sep=;`, which Excel
    /// understands as a setting, is passed over.
    pub fn new(input: R, delimiter: Delimiter) -> Result<Self> {
        let mut reader = Self {
            input,
            delimiter: delimiter.byte(),
            buffer: vec![0; CHUNK],
            start: 0,
            filled: 0,
            ended: false,
            offset: 0,
            line: 1,
        };
        reader.skip_separator_line()?;
        Ok(reader)
    }

    /// How many bytes have been read as records.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Reads the next record into `record`; false at the end of the file.
    pub fn read(&mut self, record: &mut Record) -> Result<bool> {
        if self.available() == 0 && !self.fill()? {
            return Ok(false);
        }
        let text = std::mem::take(&mut record.text).into_bytes();
        let ends = std::mem::take(&mut record.ends);
        let mut split = Split::new(text, ends, Vec::new());
        while !self.split(&mut split)? {
            split = split.again();
        }
        record.fault = match (split.literal.is_empty(), split.loose) {
            (false, _) => Some(QuoteFault::NotClosed),
            (true, true) => Some(QuoteFault::NotDoubled),
            (true, false) => None,
        };
        record.line = self.line;
        record.offset = self.offset;
        record.ends = split.ends;
        record.text = String::from_utf8(split.text).map_err(|_| {
            Error::internal(format!("Line {} of the copy is not UTF-8.", self.line))
        })?;
        let bytes = &self.buffer[self.start..self.start + split.at];
        self.line += if split.spans_lines {
            count_line_ends(bytes)
        } else {
            u64::from(matches!(bytes.last(), Some(b'\n' | b'\r')))
        };
        self.advance(split.at);
        Ok(true)
    }

    /// Splits the record at the start of the buffer; false when it opens a quote for good.
    fn split(&mut self, split: &mut Split) -> Result<bool> {
        loop {
            if split.at > MAX_RECORD_BYTES {
                return Err(Error::new(
                    Code::File,
                    format!("Line {} is longer than 4 MB.", self.line),
                )
                .hint("Check that this is a CSV file and that its rows end with line breaks."));
            }
            if split.at == self.available() && !self.fill()? {
                if split.state == State::Quoted {
                    return Ok(false);
                }
                split.end_cell();
                return Ok(true);
            }
            let step = match split.state {
                State::CellStart => self.at_cell_start(split),
                State::Plain => self.in_plain(split)?,
                State::Quoted => self.in_quotes(split),
                State::QuoteSeen => self.after_quote(split)?,
            };
            match step {
                Step::On => {}
                Step::End => return Ok(true),
                Step::Broken => return Ok(false),
            }
        }
    }

    fn at_cell_start(&self, split: &mut Split) -> Step {
        match self.byte(split.at) {
            // Spaces before a quote are dropped, as in `a, "b"`.
            b' ' => split.text.push(b' '),
            b'"' if split.opens_quote() => {
                let cell_start = split.ends.last().copied().unwrap_or(0);
                split.text.truncate(cell_start);
                split.opened_at = split.at;
                split.quoted_breaks = 0;
                split.state = State::Quoted;
            }
            _ => {
                split.state = State::Plain;
                return Step::On;
            }
        }
        split.at += 1;
        Step::On
    }

    fn in_plain(&mut self, split: &mut Split) -> Result<Step> {
        let rest = &self.buffer[self.start + split.at..self.filled];
        let delimiter = self.delimiter;
        let special = |byte: &u8| *byte == delimiter || *byte == b'\n' || *byte == b'\r';
        let run = rest.iter().position(special).unwrap_or(rest.len());
        split.text.extend_from_slice(&rest[..run]);
        split.at += run;
        if run == rest.len() {
            return Ok(Step::On);
        }
        self.end_of_cell(split)
    }

    /// At a delimiter or a line break outside quotes.
    fn end_of_cell(&mut self, split: &mut Split) -> Result<Step> {
        let byte = self.byte(split.at);
        split.at += 1;
        split.end_cell();
        if byte == self.delimiter {
            return Ok(Step::On);
        }
        if byte == b'\r'
            && (split.at < self.available() || self.fill()?)
            && self.byte(split.at) == b'\n'
        {
            split.at += 1;
        }
        Ok(Step::End)
    }

    fn in_quotes(&self, split: &mut Split) -> Step {
        let rest = &self.buffer[self.start + split.at..self.filled];
        let mut run = 0;
        for byte in rest {
            match byte {
                b'"' => break,
                b'\n' => {
                    split.quoted_breaks += 1;
                    split.spans_lines = true;
                }
                b'\r' => split.spans_lines = true,
                _ => {}
            }
            run += 1;
        }
        split.text.extend_from_slice(&rest[..run]);
        split.at += run;
        if split.quoted_breaks > MAX_QUOTED_LINES || split.at - split.opened_at > MAX_QUOTED_BYTES {
            return Step::Broken;
        }
        if run < rest.len() {
            split.at += 1;
            split.state = State::QuoteSeen;
        }
        Step::On
    }

    fn after_quote(&mut self, split: &mut Split) -> Result<Step> {
        let byte = self.byte(split.at);
        if self.ends_cell(byte) {
            return self.end_of_cell(split);
        }
        if byte == b'"' && self.byte(split.at - 1) == b'"' {
            split.text.push(b'"');
            split.at += 1;
            split.state = State::Quoted;
        } else if byte == b' ' {
            split.at += 1;
            return Ok(Step::On);
        } else {
            return self.after_false_end(split);
        }
        Ok(Step::On)
    }

    /// Text follows the quote that should have closed the cell. Either that quote belongs to the
    /// text (`"3/4" pipe",10`), or it opens the next cell and ours was never closed.
    fn after_false_end(&mut self, split: &mut Split) -> Result<Step> {
        let quote = (0..split.at)
            .rev()
            .find(|at| self.byte(*at) == b'"')
            .unwrap_or(0);
        let opens_next = quote > split.opened_at && self.ends_cell(self.byte(quote - 1));
        let (keep_from, state) = if !opens_next && self.closes_on_this_line(split.at)? {
            (quote, State::Quoted)
        } else if opens_next || split.quoted_breaks > 0 {
            return Ok(Step::Broken);
        } else {
            (quote + 1, State::Plain)
        };
        let passed = &self.buffer[self.start + keep_from..self.start + split.at];
        split.text.extend_from_slice(passed);
        split.state = state;
        split.loose = true;
        Ok(Step::On)
    }

    /// Whether a quote that ends a cell comes before the end of the line and before a quote that
    /// opens one.
    fn closes_on_this_line(&mut self, from: usize) -> Result<bool> {
        let mut at = from;
        while at < MAX_RECORD_BYTES && (at < self.available() || self.fill()?) {
            match self.byte(at) {
                b'\n' | b'\r' => return Ok(false),
                b'"' if at + 1 == self.available() && !self.fill()? => return Ok(true),
                b'"' if self.ends_cell(self.byte(at + 1)) => return Ok(true),
                b'"' if self.byte(at - 1) == self.delimiter => return Ok(false),
                _ => at += 1,
            }
        }
        Ok(false)
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\n' | b'\r')
    }

    fn available(&self) -> usize {
        self.filled - self.start
    }

    fn byte(&self, at: usize) -> u8 {
        self.buffer[self.start + at]
    }

    fn advance(&mut self, bytes: usize) {
        self.start += bytes;
        self.offset += bytes as u64;
    }

    /// Reads more bytes behind those that are there; false at the end of the input.
    fn fill(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.filled, 0);
            self.filled -= self.start;
            self.start = 0;
        }
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        loop {
            match self.input.read(&mut self.buffer[self.filled..]) {
                Ok(0) => {
                    self.ended = true;
                    return Ok(false);
                }
                Ok(bytes) => {
                    self.filled += bytes;
                    return Ok(true);
                }
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                Err(cause) => {
                    let message = format!("Cannot read on after line {}: {cause}", self.line);
                    return Err(Error::new(Code::File, message));
                }
            }
        }
    }

    fn skip_separator_line(&mut self) -> Result<()> {
        while self.available() < 16 && self.fill()? {}
        let head = &self.buffer[self.start..self.filled];
        if let Some((_, length)) = Delimiter::in_separator_line(head) {
            self.advance(length);
            self.line += 1;
        }
        Ok(())
    }
}

impl<R: Read + Seek> RecordReader<R> {
    /// Goes to the record that starts at `offset` on `line`.
    pub fn seek(&mut self, offset: u64, line: u64) -> Result<()> {
        let ahead = offset.checked_sub(self.offset);
        match ahead.and_then(|bytes| usize::try_from(bytes).ok()) {
            Some(ahead) if ahead <= self.available() => self.start += ahead,
            _ => {
                self.input.seek(SeekFrom::Start(offset)).map_err(|cause| {
                    let message = format!("Cannot go to line {line} of the copy: {cause}");
                    Error::new(Code::File, message)
                })?;
                (self.start, self.filled, self.ended) = (0, 0, false);
            }
        }
        self.offset = offset;
        self.line = line;
        Ok(())
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A reader that hands out few bytes at a time, so that every boundary falls somewhere.
    struct Trickle<'a>(&'a [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let bytes = self.1.min(self.0.len()).min(buffer.len());
            buffer[..bytes].copy_from_slice(&self.0[..bytes]);
            self.0 = &self.0[bytes..];
            Ok(bytes)
        }
    }

    type Split = (u64, u64, Option<QuoteFault>, Vec<String>);

    fn split_by(text: &str, step: usize) -> Vec<Split> {
        let input = Trickle(text.as_bytes(), step);
        let mut reader = RecordReader::new(input, Delimiter::Comma).unwrap();
        let mut record = Record::default();
        let mut found = Vec::new();
        while reader.read(&mut record).unwrap() {
            let cells = record.cells().map(str::to_owned).collect();
            found.push((record.line, record.offset, record.fault, cells));
        }
        found
    }

    fn split(text: &str) -> Vec<Split> {
        split_by(text, usize::MAX)
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        split(text).into_iter().map(|(.., cells)| cells).collect()
    }

    #[test]
    fn a_record_knows_its_line_and_its_place() {
        let found = split("a,b\r\n\r\n\"x\ny\",2\n\nlast,3");
        let places: Vec<_> = found
            .iter()
            .map(|(line, offset, ..)| (*line, *offset))
            .collect();
        assert_eq!(places, [(1, 0), (2, 5), (3, 7), (5, 15), (6, 16)]);
        assert_eq!(found[2].3, ["x\ny", "2"]);
        assert_eq!(found[1].3, [""]);
    }

    #[test]
    fn every_kind_of_line_end_ends_a_record() {
        for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2"] {
            assert_eq!(cells(text), [["a", "b"], ["1", "2"]], "{text:?}");
        }
    }

    #[test]
    fn quotes_in_odd_places_are_read_as_people_mean_them() {
        for (text, expected) in [
            ("\"a\",b\n", ["a", "b"]),
            ("a, \"b, c\"\n", ["a", "b, c"]),
            ("\"a\" ,b\n", ["a", "b"]),
            ("5\" pipe,b\n", ["5\" pipe", "b"]),
            ("\"3/4\" pipe\",b\n", ["3/4\" pipe", "b"]),
            ("\"a \"quoted\" word\",b\n", ["a \"quoted\" word", "b"]),
            ("\"Best\" shirt,\"Blue\"\n", ["Best shirt", "Blue"]),
            ("\"a\"\"b\",\"\"\n", ["a\"b", ""]),
            ("\"a\nis \"b\" here\",c\n", ["a\nis \"b\" here", "c"]),
        ] {
            assert_eq!(cells(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_row() {
        let found = split("h1,h2\nA,\"5 inch\nB,2\nC,3\n");
        assert_eq!(found.len(), 4);
        assert_eq!(found[1].2, Some(QuoteFault::NotClosed));
        assert_eq!(found[1].3, ["A", "\"5 inch"]);
        assert_eq!(
            (found[2].0, &found[2].3),
            (3, &vec!["B".into(), "2".into()])
        );
        assert_eq!(found[3].2, None);
    }

    #[test]
    fn a_quote_closed_by_the_opening_of_another_costs_one_row() {
        let found = split("A,\"5 inch,1\nB,\"Blue, deep\",2\nC,x,3\n");
        let faults: Vec<_> = found.iter().map(|(_, _, fault, _)| *fault).collect();
        assert_eq!(faults, [Some(QuoteFault::NotClosed), None, None]);
        assert_eq!(found[1].3, ["B", "Blue, deep", "2"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_leaves_the_cells_beside_it_alone() {
        let found = split("A,\"5 inch,\"two\nlines\",1\nB,\"6 inch,\"7 inch,2\nC,x,y,3\n");
        assert_eq!(found[0].3, ["A", "\"5 inch", "two\nlines", "1"]);
        assert_eq!(found[1].3, ["B", "\"6 inch", "\"7 inch", "2"]);
        assert_eq!(found[2].3, ["C", "x", "y", "3"]);
        let faults: Vec<_> = found.iter().map(|(_, _, fault, _)| *fault).collect();
        let broken = Some(QuoteFault::NotClosed);
        assert_eq!(faults, [broken, broken, None]);
    }

    #[test]
    fn an_unclosed_quote_at_the_start_of_a_row_does_not_join_it_with_the_next() {
        let found = split("\"5 inch,1\n\"6 inch\",2\n");
        assert_eq!(found[0].3, ["\"5 inch", "1"]);
        assert_eq!(found[1].3, ["6 inch", "2"]);
    }

    #[test]
    fn a_row_of_nothing_but_open_quotes_ends_at_its_line() {
        let row = "\"a,".repeat(50);
        let found = split(&format!("{row}\nB,2\n"));
        assert_eq!(
            (found[0].3.len(), found[0].2),
            (51, Some(QuoteFault::NotClosed))
        );
        assert_eq!(found[1].3, ["B", "2"]);
    }

    #[test]
    fn a_quote_left_open_does_not_swallow_a_long_file() {
        let rows = "x,y\n".repeat(5000);
        let found = split(&format!("A,\"open\n{rows}"));
        assert_eq!(found.len(), 5001);
        assert_eq!(found[0].2, Some(QuoteFault::NotClosed));
    }

    #[test]
    fn a_file_without_line_ends_is_refused() {
        let text = "x".repeat(5 * 1024 * 1024);
        let mut reader = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
        let error = reader.read(&mut Record::default()).unwrap_err();
        assert_eq!(error.message, "Line 1 is longer than 4 MB.");
    }

    #[test]
    fn excels_separator_line_is_passed_over() {
        let mut reader =
            RecordReader::new("sep=;\r\na;b\r\n".as_bytes(), Delimiter::Semicolon).unwrap();
        let mut record = Record::default();
        assert!(reader.read(&mut record).unwrap());
        assert_eq!((record.line, record.offset), (2, 7));
        assert_eq!(record.cells().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_record_can_be_read_again_by_its_place() {
        let text = "a,b\n\"1\n\",2\n3,4\n5,6\n";
        let places = split(text);
        let input = std::io::Cursor::new(text);
        let mut reader = RecordReader::new(input, Delimiter::Comma).unwrap();
        let mut record = Record::default();
        for (line, offset, _, expected) in [&places[1], &places[3], &places[0]] {
            reader.seek(*offset, *line).unwrap();
            assert!(reader.read(&mut record).unwrap());
            assert_eq!(record.line, *line);
            assert_eq!(
                &record.cells().map(str::to_owned).collect::<Vec<_>>(),
                expected
            );
        }
    }

    proptest! {
        #[test]
        fn sound_files_are_read_as_the_csv_crate_reads_them(
            rows in prop::collection::vec(prop::collection::vec("[a,\" \r\n;é]{0,6}", 2..5), 1..8),
            step in 1usize..9,
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let found: Vec<_> = split_by(&text, step).into_iter().map(|(.., cells)| cells).collect();
            prop_assert_eq!(found, rows);
        }

        #[test]
        fn the_size_of_the_chunks_does_not_matter(text in "[ab,\"\r\n ]{0,60}", step in 1usize..7) {
            prop_assert_eq!(split_by(&text, step), split(&text));
        }

        #[test]
        fn no_byte_of_a_file_is_lost(text in "[ab,\"\r\n ]{0,60}") {
            let mut reader = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
            let mut record = Record::default();
            let mut next = 0;
            while reader.read(&mut record).unwrap() {
                prop_assert_eq!(record.offset, next);
                next = reader.offset();
            }
            prop_assert_eq!(next, text.len() as u64);
        }
    }
}
