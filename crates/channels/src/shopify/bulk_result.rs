//! What a bulk operation came to: its lines are told some at a time, and those of which it says nothing after
//! them.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};

use serde_json::Value;

use super::download::download;
use super::mass::Hear;
use super::refusal::{self, Why};
use super::transport::Transport;
use crate::failure::{Answered, Failure, FailureKind};

/// The longest line of a result.
const LONGEST: u64 = 128 << 20;

/// What became of the mutations of one bulk operation.
pub(super) struct BulkResult {
    /// Which mutation each line was.
    places: Vec<usize>,
    /// Of which lines something was said.
    said: Vec<bool>,
    /// How many from the first on were looked at again, since nothing may have been said of them.
    passed: usize,
    /// What is said of those.
    unsaid: Failure,
    lines: Option<Lines>,
}

impl BulkResult {
    /// None of these was made, or it is not known.
    pub(super) fn failed(places: Vec<usize>, failure: Failure) -> Self {
        Self {
            said: vec![false; places.len()],
            places,
            passed: 0,
            unsaid: failure,
            lines: None,
        }
    }

    /// What an operation says that has ended; without one it cannot be known.
    pub(super) async fn of(
        transport: &Transport,
        operation: Option<&Value>,
        places: Vec<usize>,
    ) -> Self {
        let mut result = Self::failed(places, lost());
        let url = operation.and_then(|operation| {
            let whole = operation["url"].as_str();
            whole.or_else(|| operation["partialDataUrl"].as_str())
        });
        if let Some(url) = url {
            // Whatever keeps it from being read, it is not known then.
            let file = download(transport, url).await.map_err(|_| lost());
            result.lines = file.and_then(Lines::new).ok();
        }
        result
    }

    /// Tells of so many more, each with its place and the data of its answer; whether there were as many.
    pub(super) fn tell(&mut self, most: usize, hear: Hear<'_>) -> bool {
        for _ in 0..most {
            if !self.tell_one(hear) {
                return false;
            }
        }
        true
    }

    fn tell_one(&mut self, hear: Hear<'_>) -> bool {
        while let Some(lines) = &mut self.lines {
            match lines.next() {
                Ok(Some(line)) => {
                    if let Some(place) = self.new_place(&line) {
                        hear(place, of_line(&line));
                        return true;
                    }
                }
                Ok(None) | Err(_) => self.lines = None,
            }
        }
        while let Some(place) = self.places.get(self.passed) {
            self.passed += 1;
            if !self.said[self.passed - 1] {
                hear(*place, Err(self.unsaid.clone()));
                return true;
            }
        }
        false
    }

    /// Of which mutation a line tells, the first time that something is said of it.
    fn new_place(&mut self, line: &Value) -> Option<usize> {
        let number = usize::try_from(line["__lineNumber"].as_u64()?).ok()?;
        let place = *self.places.get(number)?;
        (!std::mem::replace(&mut self.said[number], true)).then_some(place)
    }
}

fn of_line(line: &Value) -> Answered<&Value> {
    if line["errors"].is_null() {
        return Ok(&line["data"]);
    }
    let (why, failure) = refusal::of_errors(&line["errors"]);
    if why != Why::Down && !refusal::is_done_in_part(&line["data"]) {
        return Err(failure);
    }
    Err(Failure {
        kind: FailureKind::Lost,
        ..failure
    })
}

fn lost() -> Failure {
    let message = "Shopify's bulk operation does not tell what became of it.";
    Failure::new(FailureKind::Lost, message)
}

/// The lines of a result.
struct Lines(BufReader<File>, Vec<u8>);

impl Lines {
    fn new(file: File) -> Answered<Self> {
        let mut reader = BufReader::with_capacity(1 << 20, file);
        reader.seek(SeekFrom::Start(0)).map_err(|_| lost())?;
        Ok(Self(reader, Vec::new()))
    }

    fn next(&mut self) -> Answered<Option<Value>> {
        loop {
            self.1.clear();
            let mut limited = self.0.by_ref().take(LONGEST);
            let read = limited.read_until(b'\n', &mut self.1);
            match read.map_err(|_| lost())? {
                0 => return Ok(None),
                _ if self.1.iter().all(u8::is_ascii_whitespace) => {}
                // A line that cannot be read says nothing: its mutation is lost.
                _ => {
                    if let Ok(line) = serde_json::from_slice(&self.1) {
                        return Ok(Some(line));
                    }
                }
            }
        }
    }
}
