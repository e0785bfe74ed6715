//! Files that are no CSV, and what to say about each.

use std::path::Path;

use domain::error::{Code, Error};

/// The start of a file is enough to tell; this much is looked at.
pub(super) const HEAD: usize = 64 * 1024;

/// The refusal of a file that starts with `head`, when it is known to be something else.
pub(super) fn refusal(path: &Path, head: &[u8]) -> Option<Error> {
    let (what, hint) = kind(head)?;
    Some(Error::new(Code::File, format!("{} is {what}.", file_name(path))).hint(hint))
}

/// The refusal of a file without content.
pub(super) fn empty(path: &Path) -> Error {
    Error::new(Code::File, format!("{} is empty.", file_name(path)))
        .hint("Check that the export was finished, and choose the file again.")
}

/// The refusal of a file that holds no text.
pub(super) fn binary(path: &Path) -> Error {
    let message = format!("{} is not a text file.", file_name(path));
    Error::new(Code::File, message).hint("Choose a CSV file: rows of text, separated by commas.")
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

const SAVE_AS_CSV: &str = "Save it as CSV in the spreadsheet program (File > Save As > CSV UTF-8), \
                           and choose that file.";

fn kind(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let contains = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    if head.starts_with(b"PK\x03\x04") {
        return Some(if contains(b"opendocument.spreadsheet") {
            ("an OpenDocument spreadsheet", SAVE_AS_CSV)
        } else if contains(b"xl/") || contains(b"[Content_Types].xml") {
            ("an Excel workbook", SAVE_AS_CSV)
        } else {
            (
                "a zip archive",
                "Unpack it, and choose the CSV file inside.",
            )
        });
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(("an Excel workbook", SAVE_AS_CSV));
    }
    if head.starts_with(b"%PDF") {
        return Some(("a PDF document", "Ask the supplier for the list as CSV."));
    }
    if head.starts_with(b"\x1f\x8b") {
        return Some((
            "a compressed file",
            "Unpack it, and choose the CSV file inside.",
        ));
    }
    if head.starts_with(b"{\\rtf") {
        return Some((
            "a word processor's document",
            "Save it as plain text, and choose that file.",
        ));
    }
    if head.starts_with(b"\xff\xfe\x00\x00") || head.starts_with(b"\x00\x00\xfe\xff") {
        return Some((
            "written in UTF-32",
            "Save it as UTF-8, and choose that file.",
        ));
    }
    markup(head)
}

fn markup(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start: Vec<u8> = head.trim_ascii_start().iter().take(16).copied().collect();
    let start = start.to_ascii_lowercase();
    let starts = |part: &[u8]| start.starts_with(part);
    if starts(b"<!doctype html") || starts(b"<html") || starts(b"<table") {
        return Some((
            "a web page",
            "Open it in a spreadsheet program and save it as CSV. \
             A download that asked for a sign-in may have stored the sign-in page.",
        ));
    }
    if starts(b"<?xml") {
        return Some(("an XML file", "Ask for the list as CSV."));
    }
    if starts(b"{\"") || starts(b"[{") {
        return Some(("a JSON file", "Ask for the list as CSV."));
    }
    None
}

/// Whether text would not hold these bytes: many zero bytes or control characters, or some among bytes
/// that are no UTF-8.
pub(super) fn looks_binary(head: &[u8], is_utf8: bool) -> bool {
    // Programs of DOS end a text with this one.
    let head = head.strip_suffix(&[0x1a]).unwrap_or(head);
    let control =
        |byte: &&u8| **byte < 0x20 && !matches!(**byte, 0 | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    let controls = head.iter().filter(control).count();
    let most_zeros = if is_utf8 { 5 } else { 1000 };
    zeros * most_zeros > head.len() || controls * 50 > head.len()
}
