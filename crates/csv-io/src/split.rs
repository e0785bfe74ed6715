//! The splitting of one record into cells, byte by byte: quotes, doubled quotes, and quotes where
//! none may stand.

use std::io::Read;

use super::records::QuoteFault;
use super::window::Window;
use domain::error::{Code, Error, Result};

/// A row longer than this is not a row of a product file.
const MAX_RECORD_BYTES: usize = 4 * 1024 * 1024;
/// A quoted cell that goes on for longer than this was never closed.
const MAX_QUOTED_BYTES: usize = 1024 * 1024;
const MAX_QUOTED_LINES: usize = 1000;
/// With so many unclosed quotes in one record, all its quotes are text.
const MAX_LITERAL_QUOTES: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    QuoteSeen,
}

/// How far the splitting of one record has come; positions count from the record's start.
pub(super) struct Split {
    delimiter: u8,
    /// The cells without their quotes, one behind the other.
    pub text: Vec<u8>,
    /// Where each of them ends.
    pub ends: Vec<usize>,
    /// How many bytes belong to the record.
    pub at: usize,
    state: State,
    opened_at: usize,
    /// Line breaks in the quoted cell that was opened last.
    quoted_breaks: usize,
    /// Whether any quoted cell has a line break.
    pub spans_lines: bool,
    /// Where quotes stand that open no cell, because nothing closes them.
    literal: Vec<usize>,
    /// Whether quotes stand where none may.
    loose: bool,
}

enum Step {
    On,
    End,
    /// The quote that was opened last is never closed.
    Broken,
}

impl Split {
    /// A start, with the memory of the record before.
    pub fn new(delimiter: u8, mut text: Vec<u8>, mut ends: Vec<usize>) -> Self {
        text.clear();
        ends.clear();
        Self {
            delimiter,
            text,
            ends,
            at: 0,
            state: State::CellStart,
            opened_at: 0,
            quoted_breaks: 0,
            spans_lines: false,
            literal: Vec::new(),
            loose: false,
        }
    }

    /// The same record again, with the quote that was opened last as part of its text.
    pub fn again(self) -> Self {
        let mut again = Self::new(self.delimiter, self.text, self.ends);
        again.literal = self.literal;
        again.literal.push(self.opened_at);
        again
    }

    /// What was wrong with the quotes.
    pub fn fault(&self) -> Option<QuoteFault> {
        match (self.literal.is_empty(), self.loose) {
            (false, _) => Some(QuoteFault::NotClosed),
            (true, true) => Some(QuoteFault::NotDoubled),
            (true, false) => None,
        }
    }

    fn opens_quote(&self) -> bool {
        self.literal.len() < MAX_LITERAL_QUOTES && !self.literal.contains(&self.at)
    }

    fn end_cell(&mut self) {
        self.ends.push(self.text.len());
        self.state = State::CellStart;
    }

    /// Splits the record at the start of the window; false when it opens a quote for good.
    pub fn run(&mut self, window: &mut Window<impl Read>) -> Result<bool> {
        loop {
            if self.at > MAX_RECORD_BYTES {
                return Err(Error::new(
                    Code::File,
                    format!("Line {} is longer than 4 MB.", window.line),
                )
                .hint("Check that this is a CSV file and that its rows end with line breaks."));
            }
            if !window.has(self.at)? {
                if self.state == State::Quoted {
                    return Ok(false);
                }
                self.end_cell();
                return Ok(true);
            }
            let step = match self.state {
                State::CellStart => self.at_cell_start(window),
                State::Plain => self.in_plain(window)?,
                State::Quoted => self.in_quotes(window),
                State::QuoteSeen => self.after_quote(window)?,
            };
            match step {
                Step::On => {}
                Step::End => return Ok(true),
                Step::Broken => return Ok(false),
            }
        }
    }

    fn at_cell_start(&mut self, window: &mut Window<impl Read>) -> Step {
        match window.byte(self.at) {
            // Spaces before a quote are dropped, as in `a, "b"`.
            b' ' => self.text.push(b' '),
            b'"' if self.opens_quote() => {
                let cell_start = self.ends.last().copied().unwrap_or(0);
                self.text.truncate(cell_start);
                self.opened_at = self.at;
                self.quoted_breaks = 0;
                self.state = State::Quoted;
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
        let mut run = 0;
        for byte in rest {
            match byte {
                b'"' => break,
                b'\n' => {
                    self.quoted_breaks += 1;
                    self.spans_lines = true;
                }
                b'\r' => self.spans_lines = true,
                _ => {}
            }
            run += 1;
        }
        self.text.extend_from_slice(&rest[..run]);
        self.at += run;
        if self.quoted_breaks > MAX_QUOTED_LINES || self.at - self.opened_at > MAX_QUOTED_BYTES {
            return Step::Broken;
        }
        if run < rest.len() {
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
        let opens_next = quote > self.opened_at && self.ends_cell(window.byte(quote - 1));
        let (keep_from, state) = if !opens_next && self.closes_on_this_line(window, self.at)? {
            (quote, State::Quoted)
        } else if opens_next || self.quoted_breaks > 0 {
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
    fn closes_on_this_line(&self, window: &mut Window<impl Read>, from: usize) -> Result<bool> {
        let mut at = from;
        while at < MAX_RECORD_BYTES && window.has(at)? {
            match window.byte(at) {
                b'\n' | b'\r' => return Ok(false),
                b'"' if !window.has(at + 1)? => return Ok(true),
                b'"' if self.ends_cell(window.byte(at + 1)) => return Ok(true),
                b'"' if window.byte(at - 1) == self.delimiter => return Ok(false),
                _ => at += 1,
            }
        }
        Ok(false)
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\n' | b'\r')
    }
}
