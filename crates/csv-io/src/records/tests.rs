//! Tests of the splitting of dirty and sound files.

use proptest::prelude::*;

use super::*;
use crate::split::MAX_RECORD_BYTES;

/// A reader that hands out few bytes at a time, so that every boundary falls somewhere.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let bytes = self.1.min(self.0.len()).min(buffer.len());
        buffer[..bytes].copy_from_slice(&self.0[..bytes]);
        self.0 = &self.0[bytes..];
        Ok(bytes)
    }
}

type Split = (u64, u64, Option<QuoteFault>, Vec<String>);

fn split_by(text: &str, step: usize) -> Vec<Split> {
    let input = Trickle(text.as_bytes(), step);
    let mut reader = RecordReader::new(input, Delimiter::Comma).unwrap();
    let mut record = Record::default();
    let mut found = Vec::new();
    while reader.read(&mut record).unwrap() {
        let cells = record.cells().map(str::to_owned).collect();
        found.push((record.line, record.offset, record.fault, cells));
    }
    found
}

fn split(text: &str) -> Vec<Split> {
    split_by(text, usize::MAX)
}

fn cells(text: &str) -> Vec<Vec<String>> {
    split(text).into_iter().map(|(.., cells)| cells).collect()
}

#[test]
fn a_record_knows_its_line_and_its_place() {
    let found = split("a,b\r\n\r\n\"x\ny\",2\n\nlast,3");
    let places: Vec<_> = found
        .iter()
        .map(|(line, offset, ..)| (*line, *offset))
        .collect();
    assert_eq!(places, [(1, 0), (2, 5), (3, 7), (5, 15), (6, 16)]);
    assert_eq!(found[2].3, ["x\ny", "2"]);
    assert_eq!(found[1].3, [""]);
}

#[test]
fn every_kind_of_line_end_ends_a_record() {
    for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2"] {
        assert_eq!(cells(text), [["a", "b"], ["1", "2"]], "{text:?}");
    }
}

#[test]
fn quotes_in_odd_places_are_read_as_people_mean_them() {
    for (text, expected) in [
        ("\"a\",b\n", ["a", "b"]),
        ("a, \"b, c\"\n", ["a", "b, c"]),
        ("\"a\" ,b\n", ["a", "b"]),
        ("5\" pipe,b\n", ["5\" pipe", "b"]),
        ("\"3/4\" pipe\",b\n", ["3/4\" pipe", "b"]),
        ("\"a \"quoted\" word\",b\n", ["a \"quoted\" word", "b"]),
        ("\"Best\" shirt,\"Blue\"\n", ["Best shirt", "Blue"]),
        ("\"a\"\"b\",\"\"\n", ["a\"b", ""]),
        ("\"a\nis \"b\" here\",c\n", ["a\nis \"b\" here", "c"]),
    ] {
        assert_eq!(cells(text), [expected], "{text:?}");
    }
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let found = split("h1,h2\nA,\"5 inch\nB,2\nC,3\n");
    assert_eq!(found.len(), 4);
    assert_eq!(found[1].2, Some(QuoteFault::NotClosed));
    assert_eq!(found[1].3, ["A", "\"5 inch"]);
    assert_eq!(
        (found[2].0, &found[2].3),
        (3, &vec!["B".into(), "2".into()])
    );
    assert_eq!(found[3].2, None);
}

#[test]
fn a_quote_closed_by_the_opening_of_another_costs_one_row() {
    let found = split("A,\"5 inch,1\nB,\"Blue, deep\",2\nC,x,3\n");
    let faults: Vec<_> = found.iter().map(|(_, _, fault, _)| *fault).collect();
    assert_eq!(faults, [Some(QuoteFault::NotClosed), None, None]);
    assert_eq!(found[1].3, ["B", "Blue, deep", "2"]);
}

#[test]
fn a_quote_that_is_not_closed_leaves_the_cells_beside_it_alone() {
    let found = split("A,\"5 inch,\"two\nlines\",1\nB,\"6 inch,\"7 inch,2\nC,x,y,3\n");
    assert_eq!(found[0].3, ["A", "\"5 inch", "two\nlines", "1"]);
    assert_eq!(found[1].3, ["B", "\"6 inch", "\"7 inch", "2"]);
    assert_eq!(found[2].3, ["C", "x", "y", "3"]);
    let faults: Vec<_> = found.iter().map(|(_, _, fault, _)| *fault).collect();
    let broken = Some(QuoteFault::NotClosed);
    assert_eq!(faults, [broken, broken, None]);
}

#[test]
fn an_unclosed_quote_at_the_start_of_a_row_does_not_join_it_with_the_next() {
    let found = split("\"5 inch,1\n\"6 inch\",2\n");
    assert_eq!(found[0].3, ["\"5 inch", "1"]);
    assert_eq!(found[1].3, ["6 inch", "2"]);
}

#[test]
fn a_row_of_nothing_but_open_quotes_ends_at_its_line() {
    let row = "\"a,".repeat(50);
    let found = split(&format!("{row}\nB,2\n"));
    assert_eq!(
        (found[0].3.len(), found[0].2),
        (51, Some(QuoteFault::NotClosed))
    );
    assert_eq!(found[1].3, ["B", "2"]);
}

#[test]
fn a_quote_left_open_does_not_swallow_a_long_file() {
    let rows = "x,y\n".repeat(5000);
    let found = split(&format!("A,\"open\n{rows}"));
    assert_eq!(found.len(), 5001);
    assert_eq!(found[0].2, Some(QuoteFault::NotClosed));
}

#[test]
fn a_cell_that_is_properly_quoted_is_one_cell_however_many_lines_it_has() {
    let lines = "a line of the text, with a comma\n".repeat(50_000);
    let found = split(&format!("A,\"{lines}\",1\nB,x,2\n"));
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].2, &found[0].3[1]), (None, &lines));
    assert_eq!((found[1].0, &found[1].3[0]), (50_002, &"B".to_owned()));
}

#[test]
fn a_quote_that_never_closes_in_a_large_file_is_told_once_with_its_line() {
    let rows = "x,y\n".repeat(2_000_000);
    let text = format!("h,i\nA,\"open\n{rows}");
    let mut reader = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
    let mut record = Record::default();
    let (mut count, mut told) = (0, Vec::new());
    while reader.read(&mut record).unwrap() {
        count += 1;
        told.extend(record.fault.map(|fault| (record.line, fault)));
    }
    assert_eq!((count, told), (2_000_002, vec![(2, QuoteFault::NotClosed)]));
}

/// The work that reading `text` takes, and the most memory that it holds at a time.
fn cost(text: &str) -> (u64, usize) {
    let mut reader = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
    let mut record = Record::default();
    let mut most = 0;
    while reader.read(&mut record).unwrap() {
        most = most.max(reader.cost().1 + record.held());
    }
    (reader.cost().0, most)
}

#[test]
fn a_line_of_loose_quotes_costs_no_more_than_its_length() {
    for pattern in [
        "\"a,",
        "\"a\"b",
        "\"\"\"a,",
        "a\"\"",
        "\"a \"",
        "\" \"",
        "\"a\"b,",
        "\"a\n",
        "\"\"\"\n",
        "x,\"\"\"y\n",
        "\"a\n\"\"",
        "\"a\"\"\n,",
        "\n",
        ",",
        " ",
        "\r",
        "\"",
    ] {
        let text = pattern.repeat(1_000_000 / pattern.len());
        let (work, _) = cost(&text);
        // Without the search that the first quotes may do, so that a square would show.
        assert!(work <= 6 * 1_000_000, "{pattern:?}: {work}");
    }
}

#[test]
fn a_file_without_line_ends_is_refused() {
    let text = "x".repeat(5 * 1024 * 1024);
    let mut reader = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
    let error = reader.read(&mut Record::default()).unwrap_err();
    assert_eq!(error.message, "Line 1 is longer than 4 MB.");
}

#[test]
fn excels_separator_line_is_passed_over() {
    let mut reader =
        RecordReader::new("sep=;\r\na;b\r\n".as_bytes(), Delimiter::Semicolon).unwrap();
    let mut record = Record::default();
    assert!(reader.read(&mut record).unwrap());
    assert_eq!((record.line, record.offset), (2, 7));
    assert_eq!(record.cells().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_record_can_be_read_again_by_its_place() {
    let text = "a,b\n\"1\n\",2\n3,4\n5,6\n";
    let places = split(text);
    let input = std::io::Cursor::new(text);
    let mut reader = RecordReader::new(input, Delimiter::Comma).unwrap();
    let mut record = Record::default();
    for (line, offset, _, expected) in [&places[1], &places[3], &places[0]] {
        let position = FilePosition {
            offset: *offset,
            line: *line,
        };
        reader.seek(position).unwrap();
        assert!(reader.read(&mut record).unwrap());
        assert_eq!(record.line, *line);
        assert_eq!(
            &record.cells().map(str::to_owned).collect::<Vec<_>>(),
            expected
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn sound_files_are_read_as_the_csv_crate_reads_them(
        rows in prop::collection::vec(prop::collection::vec("[a,\" \r\n;é]{0,6}", 2..5), 1..8),
        step in 1usize..9,
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let found: Vec<_> = split_by(&text, step).into_iter().map(|(.., cells)| cells).collect();
        prop_assert_eq!(found, rows);
    }

    #[test]
    fn the_size_of_the_chunks_does_not_matter(text in "[ab,\"\r\n ]{0,60}", step in 1usize..7) {
        prop_assert_eq!(split_by(&text, step), split(&text));
    }

    #[test]
    fn work_and_memory_are_bounded_whatever_the_bytes_are(
        parts in prop::collection::vec(("[a,\" \r\n]{1,8}", 1usize..12_000), 1..5),
        tail in "[a,\" \r\n]{0,40}",
    ) {
        let mut text = String::new();
        for (part, times) in &parts {
            text.push_str(&part.repeat(*times));
        }
        text.push_str(&tail);
        let (work, held) = cost(&text);
        let read = text.len() as u64;
        prop_assert!(work <= Patience::most(read), "{work} for {read} bytes");
        // The window and the text at twice the longest record, and four bytes for each of its cells.
        let most = 2 * MAX_RECORD_BYTES * (1 + 1 + 4) + 512 * 1024;
        prop_assert!(held <= most, "{held} bytes held");
    }

    #[test]
    fn no_byte_of_a_file_is_lost(text in "[ab,\"\r\n ]{0,60}") {
        let mut reader = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
        let mut record = Record::default();
        let mut next = 0;
        while reader.read(&mut record).unwrap() {
            prop_assert_eq!(record.offset, next);
            next = reader.offset();
        }
        prop_assert_eq!(next, text.len() as u64);
    }
}
