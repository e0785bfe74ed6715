//! The window onto the bytes of a file: it starts at the current record and grows until the record
//! is complete, so that a file of any size needs the memory of its longest record.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use domain::error::{Code, Error, Result, io_reason};

const CHUNK: usize = 256 * 1024;

/// The bytes from the start of the current record on, as far as they were read.
#[derive(Debug)]
pub(super) struct Window<R> {
    input: R,
    bytes: Vec<u8>,
    start: usize,
    filled: usize,
    ended: bool,
    /// Where the window starts in the file.
    pub offset: u64,
    /// The line on which it starts.
    pub line: u64,
}

impl<R: Read> Window<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            bytes: vec![0; CHUNK],
            start: 0,
            filled: 0,
            ended: false,
            offset: 0,
            line: 1,
        }
    }

    /// The bytes that were read.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[self.start..self.filled]
    }

    /// How many bytes of memory it takes.
    #[cfg(test)]
    pub fn held(&self) -> usize {
        self.bytes.capacity()
    }

    /// How many bytes were read.
    pub fn len(&self) -> usize {
        self.filled - self.start
    }

    /// The byte at a place that was read.
    pub fn byte(&self, at: usize) -> u8 {
        self.bytes[self.start + at]
    }

    /// Whether there is a byte at `at`; reads on when it must.
    pub fn has(&mut self, at: usize) -> Result<bool> {
        Ok(at < self.len() || self.fill()?)
    }

    /// Moves on by so many bytes and lines.
    pub fn advance(&mut self, bytes: usize, lines: u64) {
        self.start += bytes;
        self.offset += bytes as u64;
        self.line += lines;
    }

    /// Reads more bytes behind those that are there; false at the end of the input.
    pub fn fill(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.start > 0 {
            self.bytes.copy_within(self.start..self.filled, 0);
            self.filled -= self.start;
            self.start = 0;
        }
        if self.filled == self.bytes.len() {
            self.bytes.resize(self.bytes.len() * 2, 0);
        }
        loop {
            match self.input.read(&mut self.bytes[self.filled..]) {
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
                    let message = format!(
                        "Cannot read on after line {}: {}.",
                        self.line,
                        io_reason(&cause)
                    );
                    return Err(Error::new(Code::File, message));
                }
            }
        }
    }
}

impl<R: Read + Seek> Window<R> {
    /// Moves to another place of the file.
    pub fn seek(&mut self, offset: u64, line: u64) -> Result<()> {
        let ahead = offset.checked_sub(self.offset);
        match ahead.and_then(|bytes| usize::try_from(bytes).ok()) {
            Some(ahead) if ahead <= self.len() => self.start += ahead,
            _ => {
                self.input.seek(SeekFrom::Start(offset)).map_err(|cause| {
                    let message = format!(
                        "Cannot go to line {line} of the copy: {}.",
                        io_reason(&cause)
                    );
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
