//! The UTF-8 copy of a file, which every later pass reads.

use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use encoding_rs::DecoderResult;

use super::encoding::Encoding;
use domain::error::{Error, Result};

const CHUNK: usize = 256 * 1024;
/// How many lines with damaged bytes are named.
const LINES_NAMED: usize = 5;

/// What came of copying a file as UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// How many bytes the source had.
    pub read: u64,
    /// How many bytes the copy has.
    pub written: u64,
    /// How many byte sequences were not valid in the encoding; each stands in the copy as U+FFFD.
    pub malformed: u64,
    /// The first lines on which they stand.
    pub malformed_lines: Vec<u64>,
    /// What tells the bytes that were read from any other bytes; see
    /// [`Detected::fingerprint`](super::Detected::fingerprint).
    pub fingerprint: u64,
}

/// Counts the lines of a text while it is written.
#[derive(Debug, Default)]
struct Lines {
    ended: u64,
    after_return: bool,
}

impl Lines {
    fn pass(&mut self, text: &[u8]) {
        for byte in text {
            self.ended += match byte {
                b'\r' => 1,
                b'\n' => u64::from(!self.after_return),
                _ => 0,
            };
            self.after_return = *byte == b'\r';
        }
    }
}

impl Copied {
    fn damage(&mut self, count: u64, lines: &Lines) {
        self.malformed += count;
        let line = lines.ended + 1;
        if count > 0
            && self.malformed_lines.len() < LINES_NAMED
            && self.malformed_lines.last() != Some(&line)
        {
            self.malformed_lines.push(line);
        }
    }
}

/// Writes `source` to `copy` as UTF-8 without a byte order mark; nothing else is touched, line
/// ends included. `progress` hears the bytes read so far, and stops the work with its error.
pub fn copy_as_utf8(
    source: &Path,
    copy: &Path,
    encoding: Encoding,
    progress: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Copied> {
    let mut input = File::open(source).map_err(|cause| Error::file("open", source, &cause))?;
    let output = File::create(copy).map_err(|cause| Error::file("write", copy, &cause))?;
    let mut output = BufWriter::with_capacity(CHUNK, output);
    let mut decoder = encoding.decoder();
    let mut copied = Copied::default();
    let mut lines = Lines::default();
    let mut hasher = DefaultHasher::new();
    let mut bytes = vec![0; CHUNK];
    let mut text = vec![0; CHUNK];
    loop {
        let count = read_some(&mut input, &mut bytes)
            .map_err(|cause| Error::file("read", source, &cause))?;
        copied.read += count as u64;
        hasher.write(&bytes[..count]);
        let mut rest = &bytes[..count];
        loop {
            let last = count == 0;
            let (result, read, written) = decoder.decode(rest, &mut text, last);
            rest = &rest[read..];
            write_part(
                &text[..written],
                encoding,
                &mut lines,
                &mut copied,
                &mut output,
            )
            .map_err(|cause| Error::file("write", copy, &cause))?;
            if matches!(result, DecoderResult::Malformed(..)) {
                copied.damage(1, &lines);
                copied.written += MARK.len() as u64;
                output
                    .write_all(MARK)
                    .map_err(|cause| Error::file("write", copy, &cause))?;
            }
            if result == DecoderResult::InputEmpty {
                break;
            }
        }
        if count == 0 {
            break;
        }
        progress(copied.read)?;
    }
    output
        .flush()
        .map_err(|cause| Error::file("write", copy, &cause))?;
    copied.fingerprint = hasher.finish();
    Ok(copied)
}

/// Writes what was decoded, a damaged byte of an older encoding marked.
fn write_part(
    text: &[u8],
    encoding: Encoding,
    lines: &mut Lines,
    copied: &mut Copied,
    output: &mut impl Write,
) -> std::io::Result<()> {
    let mut rest = text;
    let is_undefined = |pair: &[u8]| pair[0] == 0xc2 && pair[1] < 0xa0;
    while encoding.is_legacy()
        && let Some(at) = rest.windows(2).position(is_undefined)
    {
        lines.pass(&rest[..at]);
        copied.damage(1, lines);
        output.write_all(&rest[..at])?;
        output.write_all(MARK)?;
        copied.written += (at + MARK.len()) as u64;
        rest = &rest[at + 2..];
    }
    lines.pass(rest);
    copied.written += rest.len() as u64;
    output.write_all(rest)
}

/// What stands in the copy for a character that could not be read. The decoder of an older encoding makes
/// control characters of bytes that mean nothing in it, which nothing would show.
const MARK: &[u8] = "\u{fffd}".as_bytes();

/// Reads until `buffer` is full or the file ends.
pub(super) fn read_some(input: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(bytes: &[u8], encoding: Encoding) -> (String, Copied) {
        let folder = tempfile::tempdir().unwrap();
        let (source, target) = (folder.path().join("in.csv"), folder.path().join("copy"));
        std::fs::write(&source, bytes).unwrap();
        let copied = copy_as_utf8(&source, &target, encoding, &mut |_| Ok(())).unwrap();
        let text = std::fs::read_to_string(&target).unwrap();
        assert_eq!(copied.written, text.len() as u64);
        (text, copied)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_copy_says_the_same_in_utf8() {
        let text = "sku,name\r\nA,\"Käse\nund Brot €\"\n";
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let western = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::UTF_8),
            (marked, Encoding::UTF_8),
            (western, Encoding::WINDOWS_1252),
            (utf16(text, u16::to_le_bytes), Encoding::UTF_16LE),
            (
                utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
                Encoding::UTF_16BE,
            ),
        ] {
            let (copied, counts) = copy(&bytes, encoding);
            assert_eq!(copied, text, "{encoding:?}");
            assert_eq!((counts.malformed, counts.read), (0, bytes.len() as u64));
        }
    }

    #[test]
    fn damaged_bytes_are_counted_and_marked() {
        let (text, copied) = copy(b"K\xe4se,\xff\xfe\n", Encoding::UTF_8);
        assert_eq!(text, "K\u{fffd}se,\u{fffd}\u{fffd}\n");
        assert_eq!((copied.malformed, copied.malformed_lines), (3, vec![1]));
        let (_, copied) = copy(b"a\r\nb\xff\nc\rd\xff\xff\n", Encoding::UTF_8);
        assert_eq!(copied.malformed_lines, [2, 4]);
        let (_, copied) = copy(b"a\n\x81\n\n\x81", Encoding::WINDOWS_1252);
        assert_eq!((copied.malformed, copied.malformed_lines), (2, vec![2, 4]));
    }

    #[test]
    fn other_bytes_have_another_fingerprint() {
        let print = |bytes: &[u8]| copy(bytes, Encoding::UTF_8).1.fingerprint;
        assert_eq!(print(b"sku,name\nA,1\n"), print(b"sku,name\nA,1\n"));
        assert_ne!(print(b"sku,name\nA,1\n"), print(b"sku,name\nA,2\n"));
    }

    #[test]
    fn bytes_that_windows_1252_does_not_define_are_damaged_too() {
        // What a Mac wrote: 0x8e is its é, 0x81 its Å, 0x9a its ö.
        let (text, copied) = copy(b"Caf\x8e,\x81ngstr\x9am \x80\n", Encoding::WINDOWS_1252);
        assert_eq!(text, "CafŽ,\u{fffd}ngstršm €\n");
        assert_eq!(copied.malformed, 1);
    }

    #[test]
    fn a_character_cut_by_a_chunk_is_whole_in_the_copy() {
        let text = format!("{}ä€😀\n", "x".repeat(CHUNK - 1));
        assert_eq!(copy(text.as_bytes(), Encoding::UTF_8).0, text);
    }

    #[test]
    fn copying_stops_when_it_is_told_to() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("in.csv");
        std::fs::write(&source, "a,b\n").unwrap();
        let stop = Error::new(domain::error::Code::Cancelled, "Stopped.");
        let result = copy_as_utf8(
            &source,
            &folder.path().join("copy"),
            Encoding::UTF_8,
            &mut |_| Err(stop.clone()),
        );
        assert_eq!(result, Err(stop));
    }
}
