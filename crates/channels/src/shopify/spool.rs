//! Lines that are too many for memory: they lie in a file that is gone when it is closed.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::Arc;

use futures_util::Stream;
use futures_util::stream::try_unfold;

use crate::failure::{Answered, Failure, FailureKind};

/// How many bytes go on their way at once.
const PART: u64 = 1 << 16;

/// Lines in a file.
#[derive(Debug)]
pub(super) struct Spool {
    file: BufWriter<File>,
    /// Where each line ends.
    ends: Vec<u64>,
}

impl Spool {
    /// An empty one.
    pub(super) fn new() -> Answered<Self> {
        let file = tempfile::tempfile().map_err(|_| no_room())?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, file),
            ends: Vec::new(),
        })
    }

    /// Adds a line, which has no line break itself.
    pub(super) fn push(&mut self, line: &[u8]) -> Answered<()> {
        let mut written = self.file.write_all(line);
        written = written.and_then(|()| self.file.write_all(b"\n"));
        written.map_err(|_| no_room())?;
        self.ends.push(self.bytes() + line.len() as u64 + 1);
        Ok(())
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.ends.len()
    }

    /// How long it is, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.ends.last().copied().unwrap_or_default()
    }

    /// The line of this number, from 0; empty behind the last.
    pub(super) fn line(&mut self, number: usize) -> Answered<Vec<u8>> {
        let Some(end) = self.ends.get(number) else {
            return Ok(Vec::new());
        };
        let begin = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let length = usize::try_from(end - 1 - begin).map_err(|_| no_room())?;
        let mut line = vec![0; length];
        // What is written after it goes on at the end again.
        let mut read = self.file.seek(SeekFrom::Start(begin)).map(drop);
        read = read.and_then(|()| self.file.get_mut().read_exact(&mut line));
        read = read.and_then(|()| self.file.seek(SeekFrom::End(0)).map(drop));
        read.map(|()| line).map_err(|_| no_room())
    }

    /// All of it in parts, from its beginning whenever it is asked for: an upload that broke off has no part in
    /// where the next one reads.
    pub(super) fn parts(&mut self) -> Answered<impl Stream<Item = io::Result<Vec<u8>>> + use<>> {
        let flushed = self.file.flush();
        let file = flushed.and_then(|()| self.file.get_ref().try_clone());
        let file = Arc::new(file.map_err(|_| no_room())?);
        Ok(try_unfold(0, move |at| {
            let part = part(&file, at);
            async move {
                let part = part?;
                let next = at + part.len() as u64;
                Ok((!part.is_empty()).then_some((part, next)))
            }
        }))
    }
}

/// What lies at a place of a file, as much as goes on its way at once.
fn part(mut file: &File, at: u64) -> io::Result<Vec<u8>> {
    let mut part = Vec::new();
    file.seek(SeekFrom::Start(at))?;
    file.take(PART).read_to_end(&mut part)?;
    Ok(part)
}

/// There is no room for a temporary file, or it cannot be read.
pub(super) fn no_room() -> Failure {
    let message = "A temporary file for what goes between here and Shopify cannot be kept.";
    Failure::new(FailureKind::Broken, message).hint("Make room on the disk of this computer.")
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt as _;
    use proptest::prelude::*;

    use super::Spool;

    proptest! {
        #[test]
        fn each_line_is_found_whenever_it_is_asked_for(
            texts in proptest::collection::vec("[^\n]{0,40}", 0..20),
            long in 0_usize..40,
            asked in proptest::collection::vec(0_usize..25, 0..20),
        ) {
            // One may be more than goes on its way at once.
            let times = |place| if place == long { 5_000 } else { 1 };
            let lines = texts.iter().enumerate();
            let lines: Vec<String> = lines.map(|(place, text)| text.repeat(times(place))).collect();
            let mut spool = Spool::new().unwrap();
            for (place, line) in lines.iter().enumerate() {
                spool.push(line.as_bytes()).unwrap();
                if let Some(asked) = asked.get(place) {
                    let known = lines[..=place].get(*asked).map_or("", String::as_str);
                    prop_assert_eq!(spool.line(*asked).unwrap(), known.as_bytes());
                }
            }
            let whole: String = lines.iter().map(|line| format!("{line}\n")).collect();
            prop_assert_eq!(spool.bytes(), whole.len() as u64);
            let broken_off = spool.parts().unwrap();
            let reading = spool.parts().unwrap().try_collect::<Vec<Vec<u8>>>();
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let read = runtime.block_on(reading).unwrap();
            drop(broken_off);
            prop_assert_eq!(read.concat(), whole.as_bytes());
        }
    }
}
