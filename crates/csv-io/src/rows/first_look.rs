//! A first look at a file finds the same records as a reading does.

use domain::catalog::product;
use proptest::prelude::*;

use super::*;
use crate::{Delimiter, Row, column_names};

/// What a first look at a file takes from its items.
fn identified(items: &[Item]) -> Vec<String> {
    let told = |row: &Row| {
        let texts = [product::SKU, product::PARENT_SKU].map(|field| row.text(field).to_owned());
        texts.join(" of ")
    };
    let items = items.iter();
    items
        .map(|item| {
            let row = match &item.body {
                Body::Record(row) => told(row),
                Body::Skipped(_) => "none".to_owned(),
            };
            format!("{} at {}, {}: {row}", item.line, item.offset, item.implied)
        })
        .collect()
}

proptest! {
    #[test]
    fn a_first_look_finds_the_same_records_as_a_reading(
        rows in prop::collection::vec(
            prop::collection::vec("[ A-C0-3=\"\t.]{0,4}|Total|sku|12 kg|=\"17\"", 0..6),
            0..12,
        ),
    ) {
        let rows = rows.iter().map(|cells| cells.join(","));
        let head = ["sku,parent_sku,name,weight,qty".to_owned()].into_iter();
        let text = head.chain(rows).collect::<Vec<_>>().join("\n");
        let of = Format::new(Delimiter::Comma, true);
        let map = ColumnMap::guess(&column_names(text.as_bytes(), of).unwrap());
        let read = || Reader::new(text.as_bytes(), of, &map, ReadOptions::default()).unwrap();
        let (all, first): (Vec<_>, Vec<_>) = (
            read().collect::<Result<_>>().unwrap(),
            read().identifying().collect::<Result<_>>().unwrap(),
        );
        prop_assert_eq!(identified(&all), identified(&first));
    }
}
