//! The source: what a file is before it is read: its encoding, delimiter and header.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::cell::without_edges;
use super::columns::ColumnMap;
use super::delimiter::Delimiter;
use super::encoding::{Encoding, Utf8Check, read_some, utf16_without_mark};
use super::records::{Record, RecordReader};
use super::refusal::{HEAD, binary, empty, looks_binary, refusal};
use domain::error::{Code, Error, Result};

const CHUNK: usize = 256 * 1024;
/// No product list has more columns; a file that does has the wrong delimiter.
const MAX_COLUMNS: usize = 1000;

/// How the cells of the UTF-8 copy are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// What separates the cells.
    pub delimiter: Delimiter,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detected {
    /// How its characters are written.
    pub encoding: Encoding,
    /// How its cells are laid out.
    pub format: Format,
    /// Its size in bytes.
    pub size: u64,
}

/// Looks at a file as a whole, says what it is, or refuses it with the reason. What `overrides`
/// says is taken as it is. `progress` hears the bytes read so far, and stops the work with its error.
pub fn detect(
    path: &Path,
    overrides: Overrides,
    progress: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Detected> {
    let cannot_read = |cause: std::io::Error| Error::file("read", path, &cause);
    // Looked at before it is opened: Windows refuses to open a folder, without saying that it is one.
    if path.is_dir() {
        let message = format!("{} is a folder.", path.display());
        return Err(Error::new(Code::File, message).hint("Choose the CSV file inside it."));
    }
    let mut file = File::open(path).map_err(|cause| Error::file("open", path, &cause))?;
    let mut head = vec![0; CHUNK];
    let count = read_some(&mut file, &mut head).map_err(cannot_read)?;
    head.truncate(count);
    if let Some(refused) = refusal(path, &head[..count.min(HEAD)]) {
        return Err(refused);
    }
    let encoding = match overrides.encoding.or_else(|| marked(&head)) {
        Some(encoding) => encoding,
        None if looks_binary(&head) => return Err(binary(path)),
        None => {
            let mut check = Utf8Check::default();
            check.feed(&head);
            let mut read = head.len() as u64;
            let mut chunk = vec![0; CHUNK];
            loop {
                let count = read_some(&mut file, &mut chunk).map_err(cannot_read)?;
                if count == 0 {
                    break check.verdict();
                }
                check.feed(&chunk[..count]);
                read += count as u64;
                progress(read)?;
            }
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
    let size = file.metadata().map_err(cannot_read)?.len();
    let format = lay_out(&sample, overrides)?;
    Ok(Detected {
        encoding,
        format,
        size,
    })
}

/// The encoding that a byte order mark, or the pattern of UTF-16, gives away.
fn marked(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::Utf8),
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => utf16_without_mark(head),
    }
}

fn lay_out(sample: &str, overrides: Overrides) -> Result<Format> {
    let delimiter = overrides
        .delimiter
        .unwrap_or_else(|| Delimiter::guess(sample));
    let opening = Opening::read(&mut RecordReader::new(sample.as_bytes(), delimiter)?)?;
    let named = |index: usize| looks_like_header(&opening.records[index]);
    let has_header = overrides
        .has_header
        .unwrap_or_else(|| opening.naming_row(true).is_some_and(named));
    Ok(Format {
        delimiter,
        has_header,
    })
}

/// The first rows of a file, among them the header. Suppliers like to put their name, a title or
/// a date above it.
pub(super) struct Opening {
    pub records: Vec<Record>,
}

impl Opening {
    /// So many rows with content are looked at, and may stand above the header.
    pub(super) const ROWS: usize = 20;

    pub(super) fn read<R: Read>(reader: &mut RecordReader<R>) -> Result<Self> {
        let mut records = Vec::new();
        let mut record = Record::default();
        let mut filled = 0;
        while filled < Self::ROWS && reader.read(&mut record)? {
            filled += usize::from(!record.is_blank());
            records.push(std::mem::take(&mut record));
        }
        Ok(Self { records })
    }

    /// The row that says how many columns there are, and names them when there is a header: the
    /// first that names two fields, or else the first with content.
    pub(super) fn naming_row(&self, has_header: bool) -> Option<usize> {
        let first = self.records.iter().position(|record| !record.is_blank())?;
        let names_two = |record: &Record| has_header && known_names(record) > 1;
        self.records.iter().position(names_two).or(Some(first))
    }
}

fn known_names(record: &Record) -> usize {
    let names: Vec<&str> = record.cells().map(str::trim).collect();
    let map = ColumnMap::guess(&names);
    let is_mapped = |column: &&super::columns::Column| column.target.is_some();
    map.columns().iter().filter(is_mapped).count()
}

/// A header has a name that is known, or names only: each once, none empty, none a number.
fn looks_like_header(record: &Record) -> bool {
    if known_names(record) > 0 {
        return true;
    }
    let names: Vec<&str> = record.cells().map(str::trim).collect();
    let is_name = |name: &str| {
        name.chars().any(char::is_alphabetic) && !name.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len() == names.len() && names.iter().all(|name| is_name(name))
}

/// The names of the columns of a UTF-8 copy: the header, or `Column 1`, `Column 2`… where a name
/// is missing. Rows above the header are passed over.
pub fn column_names(input: impl Read, format: Format) -> Result<Vec<String>> {
    let opening = Opening::read(&mut RecordReader::new(input, format.delimiter)?)?;
    match opening.naming_row(format.has_header) {
        Some(index) => names_of(&opening.records[index], format.has_header),
        None => Ok(Vec::new()),
    }
}

/// The first rows with content below the header, cell by cell: for a person to look at.
pub fn first_rows(input: impl Read, format: Format, count: usize) -> Result<Vec<Vec<String>>> {
    let mut reader = RecordReader::new(input, format.delimiter)?;
    let mut opening = Opening::read(&mut reader)?;
    let naming = opening.naming_row(format.has_header).unwrap_or(0);
    let data = naming + usize::from(format.has_header);
    let mut records = opening.records.split_off(data.min(opening.records.len()));
    records.retain(|record| !record.is_blank());
    let mut record = Record::default();
    while records.len() < count && reader.read(&mut record)? {
        if !record.is_blank() {
            records.push(record.clone());
        }
    }
    let cells = |record: &Record| record.cells().map(str::to_owned).collect();
    Ok(records.iter().take(count).map(cells).collect())
}

/// The names that `record`, the header or any row, gives the columns.
pub(super) fn names_of(record: &Record, has_header: bool) -> Result<Vec<String>> {
    if record.width() > MAX_COLUMNS {
        let message = format!("The file has {} columns.", record.width());
        return Err(Error::new(Code::File, message).hint(format!(
            "At most {MAX_COLUMNS} are read. Check the delimiter."
        )));
    }
    let name = |(index, cell): (usize, &str)| match without_edges(cell) {
        name if has_header && !name.is_empty() => name.to_owned(),
        _ => unnamed(index),
    };
    Ok(record.cells().enumerate().map(name).collect())
}

/// What a column without a name is called.
pub(super) fn unnamed(index: usize) -> String {
    format!("Column {}", index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (b"sku,name\nA,B\n".to_vec(), Encoding::Utf8),
            ("sku,name\nA,Käse\n".into(), Encoding::Utf8),
            (b"\xef\xbb\xbfsku,name\nA,B\n".to_vec(), Encoding::Utf8),
            (b"sku,name\nA,K\xe4se\n".to_vec(), Encoding::Windows1252),
            (marked, Encoding::Utf16Le),
            (utf16(u16::to_le_bytes), Encoding::Utf16Le),
            (utf16(u16::to_be_bytes), Encoding::Utf16Be),
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
        assert_eq!(detected.encoding, Encoding::Windows1252);
        assert_eq!(detected.size, bytes.len() as u64);
    }

    #[test]
    fn what_a_person_said_is_taken_as_it_is() {
        let overrides = Overrides {
            encoding: Some(Encoding::Windows1252),
            delimiter: Some(Delimiter::Pipe),
            has_header: Some(false),
        };
        let detected = look(b"sku,name\nA,B\n", overrides).unwrap();
        assert_eq!(detected.encoding, Encoding::Windows1252);
        assert_eq!(
            detected.format,
            Format {
                delimiter: Delimiter::Pipe,
                has_header: false
            }
        );
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
        ] {
            let error = look(&bytes, Overrides::default()).unwrap_err();
            assert!(error.message.contains(part), "{error}");
            assert_eq!(error.code, Code::File);
            assert!(error.hint.is_some(), "{error}");
        }
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

    #[test]
    fn the_first_rows_are_those_below_the_header() {
        let format = |has_header| Format {
            delimiter: Delimiter::Comma,
            has_header,
        };
        let rows = |has_header, count| {
            let text = "Price list\nsku,name\n\nA,\"x\ny\"\nB,z\nC,w\n";
            first_rows(text.as_bytes(), format(has_header), count).unwrap()
        };
        assert_eq!(rows(true, 2), [["A", "x\ny"], ["B", "z"]]);
        assert_eq!(rows(true, 9).len(), 3);
        assert_eq!(rows(false, 1), [["Price list"]]);
        let long = "sku\n".to_owned() + &"A\n".repeat(100);
        assert_eq!(
            first_rows(long.as_bytes(), format(true), 50).unwrap().len(),
            50
        );
        assert_eq!(
            first_rows("".as_bytes(), format(true), 5).unwrap(),
            [[""; 0]; 0]
        );
    }

    #[test]
    fn columns_without_a_name_are_numbered() {
        let format = |has_header| Format {
            delimiter: Delimiter::Comma,
            has_header,
        };
        let names = |text: &str, has_header| column_names(text.as_bytes(), format(has_header));
        assert_eq!(
            names("sku,, name \n", true).unwrap(),
            ["sku", "Column 2", "name"]
        );
        assert_eq!(names("A,B\n", false).unwrap(), ["Column 1", "Column 2"]);
        let wide = "x,".repeat(2000);
        assert!(
            names(&wide, true)
                .unwrap_err()
                .message
                .contains("2001 columns")
        );
    }
}
