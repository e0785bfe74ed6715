//! The splitting of one record into cells, byte by byte: quotes, doubled quotes, and quotes where
//! none may stand.
//!
//! Whether a quote opens a cell is known only when something closes it, so it is looked for ahead. What
//! is looked at in vain is bounded by what was read (`Patience`), whatever the bytes are.

use std::io::Read;

use super::window::Window;
use domain::error::{Code, Error, Result};

/// What was wrong with the quotes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFault {
    /// Quotes inside a quoted cell are not doubled; they were read as part of the text.
    NotDoubled,
    /// A cell starts with a quote that is never closed; it was read as part of the text.
    NotClosed,
}

/// A row longer than this is not a row of a product file.
pub(super) const MAX_RECORD_BYTES: usize = 4 * 1024 * 1024;

/// How many bytes of a file may be looked at in vain, in search of closing quotes: so many at first, and
/// so many for each byte that was read. After that, quotes open nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Patience {
    /// Bytes that became records.
    pub read: u64,
    /// Bytes that were looked at, those that were looked at again counted again.
    pub work: u64,
}

impl Patience {
    const AT_FIRST: u64 = 2 * MAX_RECORD_BYTES as u64;
    const PER_BYTE: u64 = 4;

    /// The most work that reading so many bytes may take, the last search included.
    #[cfg(test)]
    pub fn most(read: u64) -> u64 {
        (Self::PER_BYTE + 1) * read + Self::AT_FIRST + 2 * MAX_RECORD_BYTES as u64
    }

    fn is_left(self, record: usize, work: u64) -> bool {
        let read = self.read + record as u64;
        let vain = (self.work + work).saturating_sub(read);
        vain <= Self::PER_BYTE * read + Self::AT_FIRST
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    QuoteSeen,
}

/// How things stood where a quote opened a cell.
#[derive(Debug, Clone, Copy, Default)]
struct Opened {
    at: usize,
    /// How many spaces stand before the quote.
    spaces: usize,
    spans_lines: bool,
    loose: bool,
}

/// How far the splitting of one record has come; positions count from the record's start.
pub(super) struct Split {
    delimiter: u8,
    /// The cells without their quotes, one behind the other.
    pub text: Vec<u8>,
    /// Where each of them ends.
    pub ends: Vec<u32>,
    /// How many bytes belong to the record.
    pub at: usize,
    /// How many bytes were looked at.
    pub work: u64,
    patience: Patience,
    state: State,
    opened: Opened,
    /// Whether the quoted cell that was opened last has a line break.
    has_break: bool,
    /// Whether any quoted cell has a line break.
    pub spans_lines: bool,
    /// Whether a quote opens no cell, because nothing closes it.
    open: bool,
    /// Whether quotes stand where none may.
    loose: bool,
    /// Where the answer about the rest of the line was found, from where on it holds, and the answer.
    line: Option<(usize, usize, bool)>,
}

enum Step {
    On,
    End,
    /// The quote that was opened last is never closed.
    Broken,
}

impl Split {
    /// A start, with the memory of the record before.
    pub fn new(delimiter: u8, mut text: Vec<u8>, mut ends: Vec<u32>, patience: Patience) -> Self {
        text.clear();
        ends.clear();
        Self {
            delimiter,
            text,
            ends,
            at: 0,
            work: 0,
            patience,
            state: State::CellStart,
            opened: Opened::default(),
            has_break: false,
            spans_lines: false,
            open: false,
            loose: false,
            line: None,
        }
    }

    /// What was wrong with the quotes.
    pub fn fault(&self) -> Option<QuoteFault> {
        match (self.open, self.loose) {
            (true, _) => Some(QuoteFault::NotClosed),
            (false, true) => Some(QuoteFault::NotDoubled),
            (false, false) => None,
        }
    }

    fn cell_start(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    fn open_quote(&mut self) {
        let spaces = self.text.len() - self.cell_start();
        self.text.truncate(self.cell_start());
        self.opened = Opened {
            at: self.at,
            spaces,
            spans_lines: self.spans_lines,
            loose: self.loose,
        };
        self.has_break = false;
        self.state = State::Quoted;
    }

    /// Goes back to the quote that was opened last, which is a part of the text.
    fn take_back(&mut self) {
        let opened = self.opened;
        self.text.truncate(self.cell_start());
        self.text.extend(std::iter::repeat_n(b' ', opened.spaces));
        self.text.push(b'"');
        self.at = opened.at + 1;
        self.spans_lines = opened.spans_lines;
        self.loose = opened.loose;
        self.open = true;
        self.state = State::Plain;
    }

    fn end_cell(&mut self) {
        // A record is shorter than 4 MB, and so is its text.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.state = State::CellStart;
    }

    /// Splits the record at the start of the window.
    pub fn run(&mut self, window: &mut Window<impl Read>) -> Result<()> {
        loop {
            let is_quoted = matches!(self.state, State::Quoted | State::QuoteSeen);
            if self.at > MAX_RECORD_BYTES && !is_quoted {
                return Err(Error::new(
                    Code::File,
                    format!("Line {} is longer than 4 MB.", window.line),
                )
                .hint("Check that this is a CSV file and that its rows end with line breaks."));
            }
            if self.at > MAX_RECORD_BYTES {
                self.take_back();
            }
            if !window.has(self.at)? {
                if self.state == State::Quoted {
                    self.take_back();
                    continue;
                }
                self.end_cell();
                return Ok(());
            }
            let from = self.at;
            let step = match self.state {
                State::CellStart => self.at_cell_start(window),
                State::Plain => self.in_plain(window)?,
                State::Quoted => self.in_quotes(window),
                State::QuoteSeen => self.after_quote(window)?,
            };
            self.work += (self.at - from) as u64;
            match step {
                Step::On => {}
                Step::End => return Ok(()),
                Step::Broken => self.take_back(),
            }
        }
    }

    fn at_cell_start(&mut self, window: &mut Window<impl Read>) -> Step {
        match window.byte(self.at) {
            // Spaces before a quote are dropped, as in `a, "b"`.
            b' ' => self.text.push(b' '),
            b'"' if self.patience.is_left(self.at, self.work) => self.open_quote(),
            b'"' => {
                self.open = true;
                self.state = State::Plain;
                return Step::On;
            }
            _ => {
                self.state = State::Plain;
                return Step::On;
            }
        }
        self.at += 1;
        Step::On
    }

    fn in_plain(&mut self, window: &mut Window<impl Read>) -> Result<Step> {
        let rest = &window.bytes()[self.at..];
        let delimiter = self.delimiter;
        let special = |byte: &u8| *byte == delimiter || *byte == b'\n' || *byte == b'\r';
        let run = rest.iter().position(special).unwrap_or(rest.len());
        self.text.extend_from_slice(&rest[..run]);
        self.at += run;
        if run == rest.len() {
            return Ok(Step::On);
        }
        self.end_of_cell(window)
    }

    /// At a delimiter or a line break outside quotes.
    fn end_of_cell(&mut self, window: &mut Window<impl Read>) -> Result<Step> {
        let byte = window.byte(self.at);
        self.at += 1;
        self.end_cell();
        if byte == self.delimiter {
            return Ok(Step::On);
        }
        if byte == b'\r' && window.has(self.at)? && window.byte(self.at) == b'\n' {
            self.at += 1;
        }
        Ok(Step::End)
    }

    fn in_quotes(&mut self, window: &mut Window<impl Read>) -> Step {
        let rest = &window.bytes()[self.at..];
        // What is longer than a record may be is not looked at.
        let rest = &rest[..rest.len().min(MAX_RECORD_BYTES + 1)];
        let run = rest.iter().position(|byte| *byte == b'"');
        let quoted = &rest[..run.unwrap_or(rest.len())];
        if quoted.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
            self.has_break = true;
            self.spans_lines = true;
        }
        self.text.extend_from_slice(quoted);
        self.at += quoted.len();
        if run.is_some() {
            self.at += 1;
            self.state = State::QuoteSeen;
        }
        Step::On
    }

    fn after_quote(&mut self, window: &mut Window<impl Read>) -> Result<Step> {
        let byte = window.byte(self.at);
        if self.ends_cell(byte) {
            return self.end_of_cell(window);
        }
        if byte == b'"' && window.byte(self.at - 1) == b'"' {
            self.text.push(b'"');
            self.at += 1;
            self.state = State::Quoted;
        } else if byte == b' ' {
            self.at += 1;
            return Ok(Step::On);
        } else {
            return self.after_false_end(window);
        }
        Ok(Step::On)
    }

    /// Text follows the quote that should have closed the cell. Either that quote belongs to the
    /// text (`"3/4" pipe",10`), or it opens the next cell and ours was never closed.
    fn after_false_end(&mut self, window: &mut Window<impl Read>) -> Result<Step> {
        let quote = (0..self.at)
            .rev()
            .find(|at| window.byte(*at) == b'"')
            .unwrap_or(0);
        let opens_next = quote > self.opened.at && self.ends_cell(window.byte(quote - 1));
        let (keep_from, state) = if !opens_next && self.closes_on_this_line(window, self.at)? {
            (quote, State::Quoted)
        } else if opens_next || self.has_break {
            return Ok(Step::Broken);
        } else {
            (quote + 1, State::Plain)
        };
        let passed = &window.bytes()[keep_from..self.at];
        self.text.extend_from_slice(passed);
        self.state = state;
        self.loose = true;
        Ok(Step::On)
    }

    /// Whether a quote that ends a cell comes before the end of the line and before a quote that
    /// opens one.
    fn closes_on_this_line(&mut self, window: &mut Window<impl Read>, from: usize) -> Result<bool> {
        if let Some((since, until, answer)) = self.line
            && (since..=until).contains(&from)
        {
            return Ok(answer);
        }
        let mut at = from;
        let answer = loop {
            if at >= MAX_RECORD_BYTES || !window.has(at)? {
                break false;
            }
            match window.byte(at) {
                b'\n' | b'\r' => break false,
                b'"' if !window.has(at + 1)? => break true,
                b'"' if self.ends_cell(window.byte(at + 1)) => break true,
                b'"' if window.byte(at - 1) == self.delimiter => break false,
                _ => at += 1,
            }
        };
        self.work += (at - from) as u64;
        self.line = Some((from, at, answer));
        Ok(answer)
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\n' | b'\r')
    }
}
