//! The source: what a file is before it is read: its encoding, delimiter and header.

use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{Seek, SeekFrom};
use std::path::Path;

use super::delimiter::Delimiter;
use super::encoding::Encoding;
use super::format::Format;
use super::guess::{Guesser, Reading, Utf8Check, utf16_without_mark};
use super::opening::Opening;
use super::records::RecordReader;
use super::refusal::{HEAD, binary, empty, looks_binary, refusal};
use super::transcode::read_some;
use domain::error::{Code, Error, Result};

const CHUNK: usize = 256 * 1024;

/// What a person said about a file; what is left out is detected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overrides {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// What separates the cells.
    pub delimiter: Option<Delimiter>,
    /// Whether the first row names the columns.
    pub has_header: Option<bool>,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// How its characters are written.
    pub encoding: Encoding,
    /// Whether that is sure, or was said.
    pub is_sure: bool,
    /// What else it may be when it is not sure, the encoding itself first.
    pub readings: Vec<Reading>,
    /// How its cells are laid out.
    pub format: Format,
    /// The uncommon character that seems to separate its cells, when no common one does.
    pub uncommon: Option<Delimiter>,
    /// Its size in bytes.
    pub size: u64,
    /// What tells its bytes from any other bytes: a hash, which holds as long as the program runs.
    pub fingerprint: u64,
}

/// Looks at a file as a whole, says what it is, or refuses it with the reason. What `overrides`
/// says is taken as it is. `progress` hears the bytes read so far, and stops the work with its error.
pub fn detect(
    path: &Path,
    overrides: Overrides,
    progress: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Detected> {
    let cannot_read = |cause: std::io::Error| Error::file("read", path, &cause);
    check_kind(path)?;
    let mut file = File::open(path).map_err(|cause| Error::file("open", path, &cause))?;
    let mut head = vec![0; CHUNK];
    let count = read_some(&mut file, &mut head).map_err(cannot_read)?;
    head.truncate(count);
    if let Some(refused) = refusal(path, &head[..count.min(HEAD)]) {
        return Err(refused);
    }
    file.seek(SeekFrom::Start(0)).map_err(cannot_read)?;
    let mut pass = Pass {
        path,
        file: &mut file,
        progress,
    };
    let (mut check, mut hasher) = (Utf8Check::default(), DefaultHasher::new());
    let size = pass.through(&mut |bytes| {
        check.feed(bytes);
        hasher.write(bytes);
    })?;
    let given = overrides.encoding.or_else(|| marked(&head));
    if given.is_none() && looks_binary(&head, check.is_valid()) {
        return Err(binary(path));
    }
    let (encoding, is_sure, readings) = match given {
        Some(encoding) => (encoding, true, Vec::new()),
        None if check.is_utf8() => (Encoding::UTF_8, true, Vec::new()),
        None => {
            pass.file.seek(SeekFrom::Start(0)).map_err(cannot_read)?;
            let mut guesser = Guesser::new();
            pass.through(&mut |bytes| guesser.feed(bytes))?;
            guesser.feed(&[]);
            guesser.verdict()
        }
    };
    let mut sample = encoding.decode_start(&head);
    if head.len() == CHUNK
        && let Some(end) = sample.rfind('\n')
    {
        // The last row is cut off and would be judged too narrow.
        sample.truncate(end + 1);
    }
    if sample.trim().is_empty() && head.len() < CHUNK {
        return Err(empty(path));
    }
    let (format, uncommon) = lay_out(&sample, overrides)?;
    Ok(Detected {
        encoding,
        is_sure,
        readings,
        format,
        uncommon,
        size,
        fingerprint: hasher.finish(),
    })
}

/// Only a file can be read twice, and to its end. Looked at before it is opened: Windows refuses to open a
/// folder without saying that it is one, and opening a pipe waits for another program.
fn check_kind(path: &Path) -> Result<()> {
    let about = std::fs::metadata(path).map_err(|cause| Error::file("open", path, &cause))?;
    let (what, hint) = if about.is_dir() {
        ("is a folder, not a file", "Choose the CSV file inside it.")
    } else if !about.is_file() {
        (
            "is a pipe or a device, not a file",
            "Save what it gives as a file, and choose that.",
        )
    } else {
        return Ok(());
    };
    let message = format!("{} {what}.", path.display());
    Err(Error::new(Code::File, message).hint(hint))
}

/// A pass over the bytes of a file.
struct Pass<'a> {
    path: &'a Path,
    file: &'a mut File,
    progress: &'a mut dyn FnMut(u64) -> Result<()>,
}

impl Pass<'_> {
    /// Hands out the bytes from here to the end, and says how many there were.
    fn through(&mut self, take: &mut dyn FnMut(&[u8])) -> Result<u64> {
        let mut chunk = vec![0; CHUNK];
        let mut read = 0;
        loop {
            let count = read_some(self.file, &mut chunk)
                .map_err(|cause| Error::file("read", self.path, &cause))?;
            if count == 0 {
                return Ok(read);
            }
            take(&chunk[..count]);
            read += count as u64;
            (self.progress)(read)?;
        }
    }
}

/// The encoding that a byte order mark, or the pattern of UTF-16, gives away.
fn marked(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::UTF_8),
        [0xff, 0xfe, ..] => Some(Encoding::UTF_16LE),
        [0xfe, 0xff, ..] => Some(Encoding::UTF_16BE),
        _ => utf16_without_mark(&head[..head.len().min(HEAD)]),
    }
}

fn lay_out(sample: &str, overrides: Overrides) -> Result<(Format, Option<Delimiter>)> {
    let delimiter = overrides
        .delimiter
        .unwrap_or_else(|| Delimiter::guess(sample));
    let format = Format::new(delimiter, true);
    let opening = Opening::read(
        &mut RecordReader::new(sample.as_bytes(), delimiter)?,
        format,
    )?;
    let naming = opening.naming_row(format)?;
    let has_header = overrides
        .has_header
        .unwrap_or_else(|| naming.is_some_and(|index| opening.is_header(index)));
    let is_one_column = opening.records.iter().all(|record| record.width() < 2);
    let uncommon = is_one_column.then(|| Delimiter::uncommon(sample)).flatten();
    Ok((Format::new(delimiter, has_header), uncommon))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_names;

    fn look(bytes: &[u8], overrides: Overrides) -> Result<Detected> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, bytes).unwrap();
        detect(&path, overrides, &mut |_| Ok(()))
    }

    fn found(bytes: &[u8]) -> Detected {
        look(bytes, Overrides::default()).unwrap()
    }

    #[test]
    fn the_encoding_is_found() {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "sku;name\r\nA;Käse\r\n"
                .encode_utf16()
                .flat_map(bytes)
                .collect()
        };
        let marked = [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat();
        for (bytes, encoding) in [
            (b"sku,name\nA,B\n".to_vec(), Encoding::UTF_8),
            ("sku,name\nA,Käse\n".into(), Encoding::UTF_8),
            (b"\xef\xbb\xbfsku,name\nA,B\n".to_vec(), Encoding::UTF_8),
            (b"sku,name\nA,K\xe4se\n".to_vec(), Encoding::WINDOWS_1252),
            (marked, Encoding::UTF_16LE),
            (utf16(u16::to_le_bytes), Encoding::UTF_16LE),
            (utf16(u16::to_be_bytes), Encoding::UTF_16BE),
        ] {
            assert_eq!(found(&bytes).encoding, encoding, "{bytes:?}");
        }
    }

    #[test]
    fn a_byte_far_down_in_the_file_decides_the_encoding() {
        let mut bytes = b"sku,name\n".to_vec();
        bytes.extend(b"A,plain\n".repeat(100_000));
        bytes.extend(b"B,K\xe4se\n");
        let detected = found(&bytes);
        assert_eq!(detected.encoding, Encoding::WINDOWS_1252);
        assert_eq!(detected.size, bytes.len() as u64);
    }

    #[test]
    fn what_a_person_said_is_taken_as_it_is() {
        let overrides = Overrides {
            encoding: Some(Encoding::WINDOWS_1252),
            delimiter: Some(Delimiter::Pipe),
            has_header: Some(false),
        };
        let detected = look(b"sku,name\nA,B\n", overrides).unwrap();
        assert_eq!(detected.encoding, Encoding::WINDOWS_1252);
        assert_eq!(detected.format, Format::new(Delimiter::Pipe, false));
    }

    #[test]
    fn a_header_is_told_from_data() {
        for (text, has_header) in [
            ("sku,name\nA,B\n", true),
            ("Artikel,Bezeichnung,Farbe\nA,B,C\n", true),
            ("\n\nsku,name\nA,B\n", true),
            ("A-1,Shirt,12.50\nA-2,Hat,9\n", false),
            ("4006381333931,Pen,3\n", false),
            ("Shirt,Shirt,Red\n", false),
            ("codice;nome prodotto;prezzo;\nP1;uno;5,6;\n", true),
            ("артикул;название;цена;;\nР3;чашка;5,6;;\n", true),
            ("codice;;prezzo\nP1;uno;5,6\n", true),
            ("Hut;;rot\nMütze;;blau\n", false),
        ] {
            assert_eq!(
                found(text.as_bytes()).format.has_header,
                has_header,
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_is_no_csv_is_refused_with_what_to_do() {
        let zip = |inside: &str| [b"PK\x03\x04\x14\0\0\0".as_slice(), inside.as_bytes()].concat();
        for (bytes, part) in [
            (vec![], "list.csv is empty."),
            (b"\xef\xbb\xbf\r\n \n".to_vec(), "is empty."),
            (zip("[Content_Types].xml"), "is an Excel workbook."),
            (
                zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
                "OpenDocument",
            ),
            (zip("prices.csv"), "a zip archive"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(),
                "an Excel workbook",
            ),
            (b"%PDF-1.7\n".to_vec(), "a PDF document"),
            (b"\x1f\x8b\x08\0".to_vec(), "a compressed file"),
            (b"\xff\xfe\0\0s\0\0\0".to_vec(), "UTF-32"),
            (b"<!DOCTYPE html>\n<p>Sign in".to_vec(), "a web page"),
            (b"[{\"sku\": 1}]".to_vec(), "a JSON file"),
            ((0..=255).cycle().take(4000).collect(), "not a text file"),
            (
                [b"sku,name\nA1,x\n".as_slice(), &[0; 4000]].concat(),
                "not a text file",
            ),
        ] {
            let error = look(&bytes, Overrides::default()).unwrap_err();
            assert!(error.message.contains(part), "{error}");
            assert_eq!(error.code, Code::File);
            assert!(error.hint.is_some(), "{error}");
        }
    }

    #[test]
    fn a_few_zero_bytes_do_not_make_a_text_binary_or_chinese() {
        for bytes in [
            b"sku,name\nA3,x\0y\n".as_slice(),
            b"sku,name\nA1,So\0fa\nA\x002,C\0up\n",
        ] {
            let detected = found(bytes);
            assert_eq!(
                (detected.encoding, detected.is_sure),
                (Encoding::UTF_8, true)
            );
        }
        let mut large = b"A,plain\n".repeat(100_000);
        large.push(0);
        assert_eq!(found(&large).encoding, Encoding::UTF_8);
    }

    #[test]
    fn what_may_be_another_encoding_says_so() {
        let czech = encoding_rs::WINDOWS_1250
            .encode("sku;name\nP1;čaj\n")
            .0
            .into_owned();
        let detected = found(&czech);
        assert!(
            !detected.is_sure && detected.readings.len() > 1,
            "{detected:?}"
        );
        let overrides = Overrides {
            encoding: Encoding::from_key("cp1250"),
            ..Overrides::default()
        };
        let said = look(&czech, overrides).unwrap();
        assert!(said.is_sure && said.readings.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_refused_at_once() {
        let error = detect(
            Path::new("/dev/zero"),
            Overrides::default(),
            &mut |_| Ok(()),
        )
        .unwrap_err();
        assert!(error.message.contains("not a file"), "{error}");
    }

    #[test]
    fn missing_files_and_folders_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let look = |path: &Path| detect(path, Overrides::default(), &mut |_| Ok(())).unwrap_err();
        assert!(
            look(&folder.path().join("none.csv"))
                .message
                .contains("none.csv")
        );
        assert!(look(folder.path()).message.contains("folder"));
    }

    #[test]
    fn a_header_is_found_below_a_title() {
        let text = "Acme Trading\nPrice list, July 2026\n\nItem;Item Code;Price\nHat;A-1;1,50\n";
        let format = found(text.as_bytes()).format;
        assert_eq!(
            (format.delimiter, format.has_header),
            (Delimiter::Semicolon, true)
        );
        let names = column_names(text.as_bytes(), format).unwrap();
        assert_eq!(names, ["Item", "Item Code", "Price"]);
        let unknown = "Artikel;Farbe\nHut;rot\n";
        let format = found(unknown.as_bytes()).format;
        assert_eq!(
            column_names(unknown.as_bytes(), format).unwrap(),
            ["Artikel", "Farbe"]
        );
    }
}
