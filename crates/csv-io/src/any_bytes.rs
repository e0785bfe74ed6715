//! A file of any bytes goes the whole way or is refused: nothing panics, and no row is lost.

use std::fs::File;

use proptest::prelude::*;

use crate::{
    Body, ColumnMap, Overrides, ReadOptions, Reader, column_names, copy_as_utf8, detect, scan,
};

/// What stands in files, and what breaks programs: separators, quotes, marks, bytes of several encodings.
const PARTS: &[&[u8]] = &[
    b"sku,name,price\n",
    b"Handle;Title;Variant SKU\n",
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r\n",
    b"\r",
    b" ",
    b"A1",
    b"10+",
    b"US$ 12.00",
    b"12,90",
    b"2 lb",
    b"NULL",
    b"Total",
    b"0000-00-00",
    b"=\"0017\"",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"\xe9",
    b"\xc3\xa4",
    b"\x83\x5c",
    b"\xf0\x9f\x98\x80",
    b"sep=^\n",
];

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        8 => prop::sample::select(PARTS).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 1..8),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn every_file_is_read_row_by_row_or_refused(bytes in any_file()) {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("in.csv"), folder.path().join("copy.csv"));
        std::fs::write(&path, &bytes).unwrap();
        let Ok(detected) = detect(&path, Overrides::default(), &mut |_| Ok(())) else {
            return Ok(());
        };
        let copied = copy_as_utf8(&path, &copy, detected.encoding, &mut |_| Ok(())).unwrap();
        prop_assert_eq!(copied.fingerprint, detected.fingerprint);
        let open = || File::open(&copy).unwrap();
        let names = column_names(open(), detected.format).unwrap();
        let map = ColumnMap::guess(&names);
        let scanned = scan(open(), detected.format, &mut |_| Ok(())).unwrap();
        let reader = Reader::new(open(), detected.format, &map, ReadOptions::default()).unwrap();
        let items: Vec<_> = reader.collect::<Result<_, _>>().unwrap();
        let rows = items.iter().filter(|item| !item.implied).count() as u64;
        prop_assert_eq!(rows, scanned.rows);
        for item in &items {
            if let Body::Record(row) = &item.body {
                let is_told = row.problems.iter().all(|problem| !problem.message.is_empty());
                prop_assert!(is_told);
            }
        }
    }
}
