//! Encodings: which one a file has, and the UTF-8 copy that every later pass reads.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, DecoderResult};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use domain::error::{Error, Result};

const CHUNK: usize = 256 * 1024;

/// How the characters of a file are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first: what Excel calls "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252: what Excel on Windows writes as "CSV" in Western countries.
    #[serde(rename = "windows_1252")]
    Windows1252,
}

impl Encoding {
    /// All of them; the commonest first.
    pub const ALL: [Encoding; 4] = [Self::Utf8, Self::Windows1252, Self::Utf16Le, Self::Utf16Be];

    /// Its name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
            Self::Utf16Le => "UTF-16 (little endian)",
            Self::Utf16Be => "UTF-16 (big endian)",
        }
    }

    /// Its name on the command line and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16Le => "utf16_le",
            Self::Utf16Be => "utf16_be",
            Self::Windows1252 => "windows_1252",
        }
    }

    /// The encoding with this name; `UTF-8`, `windows-1252` and `cp1252` are understood as well.
    pub fn from_key(key: &str) -> Option<Self> {
        let plain = |text: &str| -> String {
            let kept = text.chars().filter(char::is_ascii_alphanumeric);
            kept.map(|c| c.to_ascii_lowercase()).collect()
        };
        let wanted = plain(key);
        let named = Self::ALL
            .into_iter()
            .find(|encoding| plain(encoding.key()) == wanted);
        named.or(match wanted.as_str() {
            "utf16" => Some(Self::Utf16Le),
            "cp1252" | "1252" | "ansi" | "latin1" | "iso88591" => Some(Self::Windows1252),
            _ => None,
        })
    }

    pub(super) fn decoder(self) -> Decoder {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        }
        .new_decoder_with_bom_removal()
    }

    /// The start of a text that begins with `bytes`, for a look at it.
    pub(super) fn decode_start(self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len() * 3);
        // The last character may be cut off, so the input is not said to end here.
        let (result, ..) = self.decoder().decode_to_string(bytes, &mut text, false);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        text
    }
}

/// What came of copying a file as UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    /// How many bytes the source had.
    pub read: u64,
    /// How many bytes the copy has.
    pub written: u64,
    /// How many byte sequences were not valid in the encoding; each stands in the copy as U+FFFD.
    pub malformed: u64,
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
    let mut bytes = vec![0; CHUNK];
    let mut text = vec![0; CHUNK];
    loop {
        let count = read_some(&mut input, &mut bytes)
            .map_err(|cause| Error::file("read", source, &cause))?;
        copied.read += count as u64;
        let mut rest = &bytes[..count];
        loop {
            let last = count == 0;
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(rest, &mut text, last);
            rest = &rest[read..];
            let damaged = matches!(result, DecoderResult::Malformed(..));
            let mark = if damaged { "\u{fffd}" } else { "" };
            let (decoded, undefined) = match encoding {
                Encoding::Windows1252 => without_undefined(&text[..written]),
                _ => (Cow::Borrowed(&text[..written]), 0),
            };
            output
                .write_all(&decoded)
                .and_then(|()| output.write_all(mark.as_bytes()))
                .map_err(|cause| Error::file("write", copy, &cause))?;
            copied.malformed += u64::from(damaged) + undefined;
            copied.written += (decoded.len() + mark.len()) as u64;
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
    Ok(copied)
}

/// `text` with U+FFFD for each byte that Windows-1252 does not define, and how many there are. The
/// decoder makes control characters of them, which nobody would see.
fn without_undefined(text: &[u8]) -> (Cow<'_, [u8]>, u64) {
    let is_undefined = |pair: &[u8]| pair[0] == 0xc2 && pair[1] < 0xa0;
    let undefined = text.windows(2).filter(|pair| is_undefined(pair)).count();
    if undefined == 0 {
        return (Cow::Borrowed(text), 0);
    }
    let mut marked = Vec::with_capacity(text.len() + undefined);
    let mut rest = text;
    while let Some(at) = rest.windows(2).position(is_undefined) {
        marked.extend_from_slice(&rest[..at]);
        marked.extend_from_slice("\u{fffd}".as_bytes());
        rest = &rest[at + 2..];
    }
    marked.extend_from_slice(rest);
    (Cow::Owned(marked), undefined as u64)
}

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

/// Counts, over a whole file, what tells UTF-8 from Windows-1252.
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

    /// What the file is. A UTF-8 file in which a few bytes were damaged is still UTF-8.
    pub(super) fn verdict(&self) -> Encoding {
        let invalid = self.invalid + u64::from(!self.carried.is_empty());
        if invalid == 0 || self.valid > 20 * invalid {
            Encoding::Utf8
        } else {
            Encoding::Windows1252
        }
    }
}

/// UTF-16 without a mark, told by the zero bytes that plain letters have on one side only.
pub(super) fn utf16_without_mark(head: &[u8]) -> Option<Encoding> {
    let head = &head[..head.len() & !1];
    let zeros = |side: usize| {
        head.iter()
            .skip(side)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let enough = |count: usize| count * 20 >= head.len() / 2 && count > 0;
    if even == 0 && enough(odd) {
        Some(Encoding::Utf16Le)
    } else if odd == 0 && enough(even) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
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
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (marked, Encoding::Utf8),
            (western, Encoding::Windows1252),
            (utf16(text, u16::to_le_bytes), Encoding::Utf16Le),
            (
                utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
                Encoding::Utf16Be,
            ),
        ] {
            let (copied, counts) = copy(&bytes, encoding);
            assert_eq!(copied, text, "{encoding:?}");
            assert_eq!((counts.malformed, counts.read), (0, bytes.len() as u64));
        }
    }

    #[test]
    fn damaged_bytes_are_counted_and_marked() {
        let (text, copied) = copy(b"K\xe4se,\xff\xfe\n", Encoding::Utf8);
        assert_eq!(text, "K\u{fffd}se,\u{fffd}\u{fffd}\n");
        assert_eq!(copied.malformed, 3);
    }

    #[test]
    fn bytes_that_windows_1252_does_not_define_are_damaged_too() {
        // What a Mac wrote: 0x8e is its é, 0x81 its Å, 0x9a its ö.
        let (text, copied) = copy(b"Caf\x8e,\x81ngstr\x9am \x80\n", Encoding::Windows1252);
        assert_eq!(text, "CafŽ,\u{fffd}ngstršm €\n");
        assert_eq!(copied.malformed, 1);
    }

    #[test]
    fn a_character_cut_by_a_chunk_is_whole_in_the_copy() {
        let text = format!("{}ä€😀\n", "x".repeat(CHUNK - 1));
        assert_eq!(copy(text.as_bytes(), Encoding::Utf8).0, text);
        let mut check = Utf8Check::default();
        for byte in text.as_bytes() {
            check.feed(&[*byte]);
        }
        assert_eq!((check.valid, check.invalid), (3, 0));
        assert_eq!(check.verdict(), Encoding::Utf8);
    }

    #[test]
    fn one_damaged_byte_does_not_make_a_utf8_file_windows_1252() {
        let mut check = Utf8Check::default();
        check.feed("äöü".repeat(20).as_bytes());
        check.feed(b"\xff");
        assert_eq!(check.verdict(), Encoding::Utf8);
        check.feed(b"caf\xe9, th\xe9, \xe0 la");
        assert_eq!(check.verdict(), Encoding::Windows1252);
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
            Encoding::Utf8,
            &mut |_| Err(stop.clone()),
        );
        assert_eq!(result, Err(stop));
    }

    #[test]
    fn an_encoding_is_named_by_its_key_or_its_common_names() {
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::from_key(encoding.key()), Some(encoding));
            assert_eq!(serde_json::to_value(encoding).unwrap(), encoding.key());
        }
        assert_eq!(Encoding::from_key("UTF-8"), Some(Encoding::Utf8));
        assert_eq!(Encoding::from_key("CP1252"), Some(Encoding::Windows1252));
        assert_eq!(Encoding::from_key("utf-16le"), Some(Encoding::Utf16Le));
        assert_eq!(Encoding::from_key("ebcdic"), None);
    }
}
