//! Tests of reading files row by row.

use crate::kind_of;
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use proptest::prelude::*;

use super::*;
use crate::{
    Currency, DecimalMark, Delimiter, EmptyCells, ForeignMoney, Row, Target, column_names,
};
use domain::plan::Problem;
use domain::record::{Field, Value};
use domain::values::DateOrder;

const DIRTY: &str = include_str!("../../fixtures/dirty.csv");

fn format(delimiter: Delimiter) -> Format {
    Format::new(delimiter, true)
}

fn items(text: &str, format: Format, options: ReadOptions) -> Vec<Item> {
    let names = column_names(text.as_bytes(), format).unwrap();
    let map = ColumnMap::guess(&names);
    let reader = Reader::new(text.as_bytes(), format, &map, options).unwrap();
    reader.collect::<Result<_>>().unwrap()
}

fn comma(text: &str) -> Vec<Item> {
    items(text, format(Delimiter::Comma), ReadOptions::default())
}

fn row(item: &Item) -> &Row {
    match &item.body {
        Body::Record(row) => row,
        Body::Skipped(reason) => panic!("line {} is skipped: {reason}", item.line),
    }
}

fn dirty() -> Vec<Item> {
    let options = ReadOptions {
        date_order: DateOrder::Dmy,
        decimal_mark: DecimalMark::Comma,
        ..ReadOptions::default()
    };
    items(DIRTY, format(Delimiter::Semicolon), options)
}

#[test]
fn a_dirty_file_is_accounted_for_row_by_row() {
    let told: Vec<(u64, String)> = dirty()
        .iter()
        .map(|item| {
            let text = match &item.body {
                Body::Skipped(reason) => reason.to_string(),
                Body::Record(row) if row.problems.is_empty() => row.text(product::SKU).into(),
                Body::Record(row) => row.problems[0].message.clone(),
            };
            (item.line, text)
        })
        .collect();
    let expected = [
        (2, "A-1"),
        (3, "Blank row."),
        (4, "\"1O\" is not a number."),
        (6, "Blank row."),
        (7, "A-3"),
        (8, "The header again."),
        (9, "The row has 6 columns, and the file has 5."),
        (10, "A-5"),
        (11, "The quote that starts this cell is never closed."),
        (12, "A-7"),
        (13, "The SKU is needed: it is what identifies the product."),
        (14, "A-8"),
    ];
    assert_eq!(told, expected.map(|(line, text)| (line, text.to_owned())));
}

#[test]
fn a_row_has_the_values_of_its_mapped_columns() {
    let items = dirty();
    assert_eq!(
        row(&items[0]).values,
        [
            (product::SKU, Value::text("A-1")),
            (product::NAME, Value::text("Shirt")),
            (product::STOCK, Value::Number(10)),
            (product::STORE_PRICE, Value::Number(129_000)),
            (product::PROMO_START, Value::text("2026-12-31")),
        ]
    );
    assert_eq!(row(&items[7]).text(product::NAME), "Pipe 3/4\" wide");
    assert!(row(&items[4]).notes[0].contains("3 of 5 columns"));
}

#[test]
fn a_problem_says_where_what_and_what_to_do() {
    let items = dirty();
    assert_eq!(
        row(&items[2]).problems,
        [Problem {
            column: "qty".into(),
            field: Some(product::STOCK),
            value: "1O".into(),
            message: "\"1O\" is not a number.".into(),
            hint: Some("Look for letters in place of digits: O for 0, or l for 1.".into()),
        }]
    );
    let surplus = &row(&items[6]).problems[0];
    assert_eq!(
        (surplus.column.as_str(), surplus.value.as_str()),
        ("Column 6", "extra")
    );
    let open = &row(&items[8]).problems[0];
    assert_eq!(
        (open.column.as_str(), open.value.as_str()),
        ("name", "\"5 inch pipe")
    );
}

#[test]
fn empty_cells_are_left_out_or_clear_the_value() {
    let text = "sku,name,active,qty\nA,,,\n";
    let kept = comma(text);
    assert_eq!(row(&kept[0]).values, [(product::SKU, Value::text("A"))]);
    let options = ReadOptions {
        empty_cells: EmptyCells::Clear,
        ..ReadOptions::default()
    };
    let cleared = items(text, format(Delimiter::Comma), options);
    assert_eq!(
        row(&cleared[0]).values,
        [
            (product::SKU, Value::text("A")),
            (product::NAME, Value::Empty),
            (product::STOCK, Value::Empty),
        ]
    );
}

#[test]
fn a_file_without_a_header_is_read_by_the_map() {
    let format = Format::new(Delimiter::Comma, false);
    let text = "A-1,Shirt\nA-2,Hat\n";
    let names = column_names(text.as_bytes(), format).unwrap();
    let map = ColumnMap::chosen(
        (PRODUCT, &std::sync::Arc::default()),
        &names,
        &[Some(Target::Field(product::SKU)), None],
    )
    .unwrap();
    let reader = Reader::new(text.as_bytes(), format, &map, ReadOptions::default()).unwrap();
    let skus: Vec<String> = reader
        .map(|item| row(&item.unwrap()).text(product::SKU).to_owned())
        .collect();
    assert_eq!(skus, ["A-1", "A-2"]);
}

#[test]
fn a_map_of_another_file_is_refused() {
    let map = ColumnMap::guess(&["sku", "name"]);
    let rows = "A,B,1\n".repeat(50);
    for text in ["sku,name,qty\nA,B,1\n", &rows] {
        let format = format(Delimiter::Comma);
        let options = ReadOptions::default();
        let reader = Reader::new(text.as_bytes(), format, &map, options).unwrap();
        let error = reader.last().unwrap().unwrap_err();
        assert_eq!(error.message, "The file has no header \"sku, name\".");
    }
}

#[test]
fn what_stands_above_the_header_is_skipped() {
    let items = comma("Acme Trading\n\nPrice list,,\nCode,Title,Price\nA,Hat,1\n");
    let bodies: Vec<_> = items.iter().map(|item| (item.line, &item.body)).collect();
    assert_eq!(bodies[0], (1, &Body::Skipped(Skip::AboveHeader)));
    assert_eq!(bodies[1], (2, &Body::Skipped(Skip::Blank)));
    assert_eq!(bodies[2], (3, &Body::Skipped(Skip::AboveHeader)));
    assert_eq!(
        (items[3].line, row(&items[3]).text(product::NAME)),
        (5, "Hat")
    );
}

#[test]
fn a_header_that_comes_again_behind_a_byte_order_mark_is_skipped() {
    let items = comma("sku,name\nA,Hat\n\u{feff}sku,name\nB,Cap\n");
    assert_eq!(items[1].body, Body::Skipped(Skip::RepeatedHeader));
}

#[test]
fn only_missing_cells_that_somebody_may_miss_are_noted() {
    for (text, noted) in [
        ("sku,name,,\nA,Hat\n", false),
        ("sku,name,colour\nA,Hat\n", true),
        ("sku,name,\nA\n", true),
    ] {
        assert_eq!(!row(&comma(text)[0]).notes.is_empty(), noted, "{text:?}");
    }
}

#[test]
fn an_unreadable_character_is_noted() {
    let items = comma("sku,name,other\nA,K\u{fffd}se,x\nB,x,\u{fffd}\n");
    assert!(row(&items[0]).notes[0].starts_with("name: a character"));
    assert_eq!(row(&items[1]).notes, Vec::<String>::new());
}

fn values(text: &str, field: Field) -> Vec<String> {
    let display = |item: &Item| match &item.body {
        Body::Record(row) if row.problems.is_empty() => row
            .get(field)
            .map_or(String::new(), |value| value.display(kind_of(field))),
        Body::Record(row) => row.problems[0].message.clone(),
        Body::Skipped(reason) => reason.to_string(),
    };
    comma(text).iter().map(display).collect()
}

#[test]
fn the_unit_of_a_row_counts_for_its_measures() {
    let text = "sku,weight,weight_unit,length,dimension unit\n\
                A,500,g,20,cm\nB,2,LB,8,inches\nC,2,,1.5,\nD,500 g,lb,6 ft,cm\nE,,each,,each\n";
    assert_eq!(
        values(text, product::WEIGHT),
        ["0.5", "0.9072", "2", "0.5", ""]
    );
    assert_eq!(
        values(text, product::LENGTH),
        ["0.2", "0.2032", "1.5", "1.8288", ""]
    );
    assert!(row(&comma(text)[0]).notes[0].contains("500 g was read as 0.5 kg"));
    let wrong = values(
        "sku,weight,weight_unit\nA,500,each\nB,5,cm\n",
        product::WEIGHT,
    );
    for message in wrong {
        assert!(message.contains("the unit beside it"), "{message}");
    }
    let header = values("sku,Weight (lb)\nA,2\nB,500 g\n", product::WEIGHT);
    assert_eq!(header, ["0.9072", "0.5"]);
}

#[test]
fn a_row_in_another_currency_is_refused_or_taken_as_a_person_said() {
    let text = "sku,name,price,currency\nA,Hat,12,USD\nB,Cap,12,gbp\nC,Tie,,USD\nD,Fez,12,\n";
    let mut options = ReadOptions {
        currency: Currency::parse("GBP"),
        ..ReadOptions::default()
    };
    let problems = |options: ReadOptions| -> Vec<usize> {
        let items = items(text, format(Delimiter::Comma), options);
        items.iter().map(|item| row(item).problems.len()).collect()
    };
    assert_eq!(problems(options), [1, 0, 0, 0]);
    options.foreign_money = ForeignMoney::TakeAsIs;
    assert_eq!(problems(options), [0, 0, 0, 0]);
    assert_eq!(problems(ReadOptions::default()), [0, 0, 0, 0]);
}

#[test]
fn lines_that_are_no_products_are_skipped_with_the_reason_or_kept_by_choice() {
    let text = "SKU,Name,Price,Qty\nA1,Sofa,10,1\nTotal,2 items,30,3\n\
                \"* prices ex works, subject to change\",,,\nPrinted on page 1 of 1,,,\nB1,Total,5,1\n";
    let kinds = |options: ReadOptions| -> Vec<String> {
        let items = items(text, format(Delimiter::Comma), options);
        let told = |item: &Item| match &item.body {
            Body::Record(row) => row.text(product::SKU).to_owned(),
            Body::Skipped(reason) => reason.to_string(),
        };
        items.iter().map(told).collect()
    };
    assert_eq!(
        kinds(ReadOptions::default()),
        [
            "A1",
            "A line of totals, not a product.",
            "A note, not a product.",
            "A note, not a product.",
            "B1"
        ]
    );
    let kept = kinds(ReadOptions {
        keep_odd_lines: true,
        ..ReadOptions::default()
    });
    assert_eq!((kept.len(), kept[1].as_str()), (5, "Total"));
}

#[test]
fn a_header_that_comes_again_in_another_case_or_in_machine_names_is_skipped() {
    let text = "SKU,Name,Price\nsku,name,store_price\nA,Hat,1\nsku , name,price,\nB,Cap,2\n";
    let again = "The header again.";
    assert_eq!(values(text, product::SKU), [again, "A", again, "B"]);
}

#[test]
fn the_header_that_a_person_named_is_the_header() {
    let text = "Notes\nsku,name\nold,Old\nArtikel,Titel\nA,Hat\n";
    let format = Format {
        header_line: Some(4),
        ..format(Delimiter::Comma)
    };
    let names = column_names(text.as_bytes(), format).unwrap();
    let targets = [Target::Field(product::SKU), Target::Field(product::NAME)].map(Some);
    let map = ColumnMap::chosen((PRODUCT, &std::sync::Arc::default()), &names, &targets).unwrap();
    let reader = Reader::new(text.as_bytes(), format, &map, ReadOptions::default()).unwrap();
    let items: Vec<Item> = reader.collect::<Result<_>>().unwrap();
    let skipped = items
        .iter()
        .filter(|item| item.body == Body::Skipped(Skip::AboveHeader));
    assert_eq!((items.len(), skipped.count()), (4, 3));
    assert_eq!(row(&items[3]).text(product::SKU), "A");
}

#[test]
fn the_product_above_woocommerces_variants_has_no_options_of_its_own() {
    let text = "Type,SKU,Name,Published,Parent,Attribute 1 name,Attribute 1 value(s)\n\
                variable,mug,Mug,1,,Colour,\"Blue, Green\"\n\
                variation,mug-b,Mug blue,-1,mug,Colour,Blue\n";
    assert_eq!(values(text, product::OPTION1_VALUE), ["", "Blue"]);
    assert_eq!(values(text, product::ACTIVE), ["true", "false"]);
    assert_eq!(values(text, product::CATEGORY), ["", ""]);
}

#[test]
fn several_categories_in_a_column_of_categories_are_not_read_as_one() {
    let text = "sku,Categories\nA,\"Kitchen > Mugs, Gifts\"\nB,Hats\n";
    assert_eq!(values(text, product::CATEGORY), ["Kitchen > Mugs", "Hats"]);
    assert!(row(&comma(text)[0]).notes[0].contains("holds 2"));
    let one = "sku,Category\nA,\"Pens, pencils\"\n";
    assert_eq!(values(one, product::CATEGORY), ["Pens, pencils"]);
    assert_eq!(row(&comma(one)[0]).notes, Vec::<String>::new());
    for several in ["Gear;Bags", "Gear|Bags"] {
        let (among, alone) = (
            format!("sku,Categories\nA,{several}\n"),
            format!("sku,Category\nA,{several}\n"),
        );
        assert_eq!(values(&among, product::CATEGORY), ["Gear"]);
        assert_eq!(values(&alone, product::CATEGORY), [several]);
        assert!(row(&comma(&alone)[0]).notes[0].contains("taken as one"));
    }
}

#[test]
fn characters_of_html_in_a_line_of_text_are_noted() {
    let text = "sku,name,category\nA,Tom &amp; Jerry,Toys &#38; Games\nB,R&D; more,P & Q;\n";
    let items = comma(text);
    assert_eq!(
        values(text, product::NAME),
        ["Tom &amp; Jerry", "R&D; more"]
    );
    let told = |item: usize| row(&items[item]).notes.join(" ");
    assert!(told(0).contains("Name: \"&amp;\" is HTML") && told(0).contains("\"&#38;\""));
    assert!(!told(1).contains("HTML"));
}

#[test]
fn woocommerces_line_breaks_are_line_breaks_and_others_are_as_they_stand() {
    let cell = r"One\ntwo C:\\new";
    let written =
        format!("sku,Visibility in catalog,Regular price,Description\nA,visible,1,{cell}\n");
    assert_eq!(values(&written, product::DESCRIPTION), ["One\ntwo C:\\new"]);
    let plain = format!("sku,name,Description\nA,a,{cell}\n");
    assert_eq!(values(&plain, product::DESCRIPTION), [cell]);
}

proptest! {
    #[test]
    fn every_record_comes_out_exactly_once(
        rows in prop::collection::vec("[ab1,\"\n -]{0,12}", 0..12),
        header in prop::sample::select(vec![
            "sku,name,qty",
            "Handle,Title,Variant SKU,Variant Price",
            "Handle,Option1 Name,Option1 Value",
        ]),
    ) {
        let text = format!("{header}\n{}", rows.join("\n"));
        let mut records = RecordReader::new(text.as_bytes(), Delimiter::Comma).unwrap();
        let mut record = Record::default();
        let mut places = Vec::new();
        while records.read(&mut record).unwrap() {
            places.push((record.line, record.offset));
        }
        let read: Vec<_> = comma(&text)
            .iter()
            .filter(|item| !item.implied)
            .map(|item| (item.line, item.offset))
            .collect();
        prop_assert_eq!(&read[..], &places[1..]);
    }
}
