//! Rows: the records of a file read as products. Every record comes out exactly once, with its
//! line, as values, as problems, or as skipped with the reason.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::Arc;

use super::columns::{ColumnMap, Layout};
use super::edits::Edits;
use super::format::Format;
use super::header_again::HeaderAgain;
use super::item::{Body, Item, ReadOptions, Skip};
use super::opening::{Opening, names_of};
use super::records::{Record, RecordReader};
use super::row_cells::CellReader;
use super::shopify::Families;
use domain::error::{Error, Result};

/// Reads the UTF-8 copy of a file as items, in the order of the file, in flat memory.
/// An error ends the reading; everything that is wrong with a single row is a [`Problem`](domain::plan::Problem) of it.
#[derive(Debug)]
pub struct Reader<R> {
    records: RecordReader<R>,
    record: Record,
    cells: CellReader,
    format: Format,
    /// What is known of the rows below the header, once it was read.
    below_header: Option<HeaderAgain>,
    above_header: usize,
    families: Option<Families>,
    ready: VecDeque<Item>,
    edits: Arc<Edits>,
    ended: bool,
}

impl<R: Read> Reader<R> {
    /// Reads `input`, laid out as `format` says, whose columns feed what `map` says.
    pub fn new(input: R, format: Format, map: &ColumnMap, options: ReadOptions) -> Result<Self> {
        let cells = CellReader::new(map, options);
        let families = match map.layout() {
            Layout::Shopify => Some(Families::new(&cells)),
            Layout::Rows => None,
        };
        Ok(Self {
            records: RecordReader::new(input, format.delimiter)?,
            record: Record::default(),
            cells,
            format,
            below_header: None,
            above_header: 0,
            families,
            ready: VecDeque::new(),
            edits: Arc::default(),
            ended: false,
        })
    }

    /// Reads the rows as they were changed in the review.
    pub fn with_edits(mut self, edits: Arc<Edits>) -> Self {
        self.edits = edits;
        self
    }

    /// Reads of each row only what tells which record it is about, and its parent: enough for a first look at
    /// a whole file. Where several rows make one record, all is read.
    pub fn identifying(mut self) -> Self {
        if self.families.is_none() {
            self.cells.only_identify();
        }
        self
    }

    /// How many bytes of the copy have been read: what progress is shown by.
    pub fn offset(&self) -> u64 {
        self.records.offset()
    }

    /// Reads one record and puts what it makes into `ready`; false at the end of the file.
    fn advance(&mut self) -> Result<bool> {
        if !self.records.read(&mut self.record)? {
            if self.above_header > 0 && self.below_header.is_none() {
                return Err(self.other_file());
            }
            if let Some(families) = &mut self.families {
                families.finish(&mut self.ready);
            }
            return Ok(false);
        }
        if self.record.is_blank() {
            self.skip(Skip::Blank);
        } else if self.format.has_header && self.below_header.is_none() {
            self.check_header()?;
        } else if self.is_header_again() {
            self.skip(Skip::RepeatedHeader);
        } else if self.edits.leaves_out(self.record.line) {
            self.skip(Skip::LeftOut);
        } else {
            self.read_row();
        }
        Ok(true)
    }

    /// Reads a row below the header, unless it is a note or a total.
    fn read_row(&mut self) {
        let fixes = self.edits.of(self.record.line);
        let notes = fixes.map(|cells| self.cells.notes_of(&self.record, cells));
        if let Some(cells) = fixes {
            self.record.replace(cells);
        }
        if let Some(reason) = self.cells.odd_line(&self.record) {
            self.skip(reason);
        } else {
            let mut row = self.cells.read(&self.record);
            if let Some(told) = notes {
                row.row.fixed = told.fixed;
                row.row.notes.splice(0..0, told.notes);
                row.row.field_notes.extend(told.field_notes);
            }
            match &mut self.families {
                Some(families) => families.push(row, &mut self.ready),
                None => self.ready.push_back(self.cells.plain(row)),
            }
        }
    }

    /// Passes over what stands above the header, and the header itself.
    fn check_header(&mut self) -> Result<()> {
        let is_named = self.format.header_line == Some(self.record.line);
        let may_be = self.format.header_line.is_none() || is_named;
        if may_be && names_of(&self.record, true)? == self.cells.names {
            self.below_header = Some(HeaderAgain::default());
            return Ok(());
        }
        let is_too_far = self.format.header_line.is_none() && self.above_header == Opening::ROWS;
        if is_too_far || is_named {
            return Err(self.other_file());
        }
        self.above_header += 1;
        self.skip(Skip::AboveHeader);
        Ok(())
    }

    /// Whether the row says again what the header says.
    fn is_header_again(&mut self) -> bool {
        let again = self.below_header.as_mut();
        again.is_some_and(|again| again.is_in(&self.cells.names, &self.record))
    }

    fn other_file(&self) -> Error {
        let names = self.cells.names.join(", ");
        Error::invalid(format!("The file has no header \"{names}\"."))
            .hint("It may have changed; start the import again.")
    }

    fn skip(&mut self, reason: Skip) {
        let item = Item {
            line: self.record.line,
            offset: self.record.offset,
            implied: false,
            body: Body::Skipped(reason),
        };
        match &mut self.families {
            Some(families) => families.pass(item, &mut self.ready),
            None => self.ready.push_back(item),
        }
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Item>;

    fn next(&mut self) -> Option<Result<Item>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            if self.ended {
                return None;
            }
            match self.advance() {
                Ok(more) => self.ended = !more,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

#[cfg(test)]
mod first_look;
#[cfg(test)]
mod tests;
