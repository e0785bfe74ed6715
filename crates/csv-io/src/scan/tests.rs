//! Tests of the scan.

use super::*;
use crate::number::DecimalMark;
use crate::{Delimiter, column_names};
use domain::catalog::product;
use domain::values::DateOrder;

fn scanned(text: &str) -> (Scan, ColumnMap) {
    let format = Format::new(Delimiter::Semicolon, true);
    let map = ColumnMap::guess(&column_names(text.as_bytes(), format).unwrap());
    (scan(text.as_bytes(), format, &mut |_| Ok(())).unwrap(), map)
}

fn dates(cells: &[&str]) -> DateOrderGuess {
    let (scan, map) = scanned(&format!("promo_start\n{}\n", cells.join("\n")));
    scan.date_order(&map)
}

fn marks(cells: &[&str]) -> DecimalMarkGuess {
    let (scan, map) = scanned(&format!("cost\n{}\n", cells.join("\n")));
    scan.decimal_mark(&map)
}

#[test]
fn the_order_of_dates_is_found_asked_or_contradicted() {
    use DateOrder::{Dmy, Mdy, Ymd};
    use DateOrderGuess::{Ambiguous, Certain, Inconsistent, None};
    for (cells, expected) in [
        (&["", "soon", "2099-12-31", "31 Dec 2026"][..], None),
        (&["11/9/2025", "31/12/2026"], Certain { order: Dmy }),
        (&["11/9/2025", "12/31/2026"], Certain { order: Mdy }),
        (&["99-12-31"], Certain { order: Ymd }),
        (&["5/5/2026"], Certain { order: Dmy }),
        (
            &["11/9/2025"],
            Ambiguous {
                orders: vec![Dmy, Mdy],
            },
        ),
        (
            &["1/2/3"],
            Ambiguous {
                orders: vec![Dmy, Mdy, Ymd],
            },
        ),
        (
            &["31/12/2026", "1/1/2026", "12/31/2026"],
            Inconsistent { line: 4 },
        ),
        (&["99/99/2026", "31/12/2026"], Certain { order: Dmy }),
    ] {
        assert_eq!(dates(cells), expected, "{cells:?}");
    }
}

#[test]
fn the_decimal_mark_is_found_asked_or_contradicted() {
    use DecimalMark::{Comma, Point};
    use DecimalMarkGuess::{Ambiguous, Certain, Inconsistent, None};
    for (cells, expected) in [
        (&["12", "", "x"][..], None),
        (&["1,234", "12.5"], Certain { mark: Point }),
        (&["1,234", "12,5"], Certain { mark: Comma }),
        (&["1,234", "$1.234"], Ambiguous),
        (&["12.50", "3", "12,50"], Inconsistent { line: 4 }),
    ] {
        assert_eq!(marks(cells), expected, "{cells:?}");
    }
}

#[test]
fn a_question_has_an_example_however_far_down_it_stands() {
    let plain = "A;;12\n".repeat(50);
    let (scan, map) = scanned(&format!("sku;promo_end;cost\n{plain}B;11/9/2025;$1,234\n"));
    assert_eq!(scan.date_example(&map), Some("11/9/2025"));
    assert_eq!(scan.decimal_example(&map), Some("$1,234"));
    let (scan, map) = scanned("sku;promo_end;cost\nB;5/5/2025;1.5\n");
    assert_eq!(
        (scan.date_example(&map), scan.decimal_example(&map)),
        (None, None)
    );
}

#[test]
fn only_the_mapped_columns_count() {
    let (scan, map) = scanned("sku;note;when;cost\nA;1,5;11/9/2025;2.5\n");
    assert_eq!(scan.date_order(&map), DateOrderGuess::None);
    let mark = DecimalMark::Point;
    assert_eq!(scan.decimal_mark(&map), DecimalMarkGuess::Certain { mark });
    let end = Some(Target::Field(product::PROMO_END));
    let map = ColumnMap::chosen(
        (
            domain::catalog::product::PRODUCT,
            &std::sync::Arc::default(),
        ),
        &["sku", "note", "when", "cost"],
        &[None, None, end, None],
    );
    let map = map.unwrap();
    let orders = vec![DateOrder::Dmy, DateOrder::Mdy];
    assert_eq!(scan.date_order(&map), DateOrderGuess::Ambiguous { orders });
}

#[test]
fn samples_are_the_first_different_texts_of_a_column() {
    let (scan, _) = scanned("Title\nsku;name\nA;\nB; x \n\nC;x\nD;1\nE;2\nF;3\nG;4\nH;5\n");
    assert_eq!(scan.rows, 10);
    assert_eq!(scan.samples(0), ["A", "B", "C", "D", "E"]);
    assert_eq!(scan.samples(1), ["x", "1", "2", "3", "4"]);
    assert_eq!(scan.samples(7), [""; 0]);
}

#[test]
fn a_scan_stops_when_it_is_told_to() {
    let format = Format::new(Delimiter::Comma, false);
    let text = "A,1\n".repeat(10_000);
    let mut heard = Vec::new();
    let stop = domain::error::Error::invalid("Stopped.");
    let result = scan(text.as_bytes(), format, &mut |bytes| {
        heard.push(bytes);
        Err(stop.clone())
    });
    assert_eq!(result, Err(stop));
    assert_eq!(heard, [ROWS_PER_PROGRESS * 4]);
}

#[test]
fn a_header_that_comes_again_is_no_value_and_is_told() {
    let (scan, map) =
        scanned("SKU;Name;Stock\nsku;name;stock\nA;Sofa;1\n\nSKU;Name ;Stock;\nB;Cup;2\n");
    assert_eq!(scan.stock_words(&map), Vec::<String>::new());
    assert_eq!(scan.repeated_headers(), (2, &[2, 5][..]));
    assert_eq!(scan.samples(2), ["1", "2"]);
    let format = Format::new(Delimiter::Semicolon, false);
    let text = "SKU;Name\nSKU;Name\n";
    let scan = super::scan(text.as_bytes(), format, &mut |_| Ok(())).unwrap();
    assert_eq!(
        scan.repeated_headers().0,
        0,
        "without a header there is none to come again"
    );
}
