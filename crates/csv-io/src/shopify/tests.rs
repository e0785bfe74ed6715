//! Tests of Shopify's layout.

use super::*;
use crate::{ColumnMap, Delimiter, Format, ReadOptions, Reader, column_names};
use domain::catalog::product;

const FILE: &str = include_str!("../../fixtures/shopify.csv");

fn read(text: &str, empty_cells: EmptyCells) -> Vec<Item> {
    let format = Format::new(Delimiter::Comma, true);
    let map = ColumnMap::guess(&column_names(text.as_bytes(), format).unwrap());
    let options = ReadOptions {
        empty_cells,
        ..ReadOptions::default()
    };
    let reader = Reader::new(text.as_bytes(), format, &map, options).unwrap();
    reader.map(Result::unwrap).collect()
}

fn kept(text: &str) -> Vec<Item> {
    read(text, EmptyCells::Keep)
}

/// An item on one line: its line, `+` when it is implied, and what it says about itself.
fn told(items: &[Item]) -> Vec<String> {
    let told = |item: &Item| {
        let sign = if item.implied { "+" } else { "" };
        let text = match &item.body {
            Body::Skipped(reason) => reason.to_string(),
            Body::Record(row) if row.problems.is_empty() => format!(
                "{} | {} | {}",
                row.text(product::SKU),
                row.text(product::PARENT_SKU),
                row.text(product::NAME)
            ),
            Body::Record(row) => row.problems[0].message.clone(),
        };
        format!("{}{sign} {text}", item.line)
    };
    items.iter().map(told).collect()
}

fn row(item: &Item) -> &Row {
    match &item.body {
        Body::Record(row) => row,
        Body::Skipped(reason) => panic!("line {} is skipped: {reason}", item.line),
    }
}

#[test]
fn the_rows_of_a_handle_make_a_product_with_its_variants() {
    assert_eq!(
        told(&kept(FILE)),
        [
            "2 mug |  | Mug",
            "3 An image of the product above.",
            "4+ tee |  | Tee",
            "4 tee-small-red | tee | Tee - Small / Red",
            "6 An image of the product above.",
            "7 TEE-L | tee | Tee - Large / Red",
            "8 CUP-1 |  | Cup",
            "9 This handle stood further up already, apart from this row.",
            "10 A handle is needed: it says which product the row belongs to.",
        ]
    );
}

/// The images of an item: the main one, then the others.
fn images(item: &Item) -> Vec<String> {
    let row = row(item);
    let main = row.text(product::MAIN_IMAGE).to_owned();
    let others = row.get(product::ALT_IMAGES).map(Value::as_list);
    [main]
        .into_iter()
        .chain(others.unwrap_or_default().iter().cloned())
        .collect()
}

#[test]
fn the_images_of_all_rows_are_those_of_the_product() {
    let items = kept(FILE);
    let (mug, tee) = (&items[0], &items[2]);
    assert_eq!(
        images(mug),
        ["https://images.test/1.jpg", "https://images.test/2.jpg"]
    );
    assert_eq!(
        images(tee),
        ["https://images.test/3.jpg", "https://images.test/4.jpg"]
    );
    for variant in [&items[3], &items[5]] {
        assert_eq!(row(variant).get(product::MAIN_IMAGE), None);
    }
    assert_eq!(row(&items[6]).get(product::MAIN_IMAGE), None);
}

#[test]
fn images_have_their_place_what_they_show_and_those_of_variants_stay_with_them() {
    let file = "Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src,Image Position,\
                Image Alt Text,Variant Image\n\
                cap,Cap,Colour,Red,1,https://i.test/back,2,The back,https://i.test/red\n\
                cap,,,Blue,1,https://i.test/front,1,,\n\
                cap,,,,,https://i.test/box,,In its box,\n\
                pin,Pin,,,1,,,,https://i.test/pin\n";
    let items = kept(file);
    assert_eq!(
        images(&items[0]),
        [
            "https://i.test/front",
            "https://i.test/back The back",
            "https://i.test/box In its box"
        ]
    );
    assert_eq!(images(&items[1]), ["https://i.test/red"]);
    assert_eq!(row(&items[2]).get(product::MAIN_IMAGE), None);
    assert_eq!(images(&items[4]), ["https://i.test/pin"]);
}

#[test]
fn without_a_column_of_images_they_stay_as_they_are() {
    let format = Format::new(Delimiter::Comma, true);
    let names = column_names(FILE.as_bytes(), format).unwrap();
    let guessed = ColumnMap::guess(&names);
    let targets = guessed.columns().iter().map(|column| column.target);
    let targets: Vec<_> = targets
        .map(|target| target.filter(|of| *of != Target::Images))
        .collect();
    let map = ColumnMap::chosen((product::PRODUCT, guessed.schema()), &names, &targets).unwrap();
    let reader = Reader::new(FILE.as_bytes(), format, &map, ReadOptions::default()).unwrap();
    let items: Vec<Item> = reader.map(Result::unwrap).collect();
    assert_eq!(row(&items[0]).get(product::MAIN_IMAGE), None);
    assert_eq!(
        told(&items)[1],
        "3 Image row; the column of images is left out."
    );
}

#[test]
fn a_product_without_options_is_one_record() {
    let items = kept(FILE);
    let mug = row(&items[0]);
    assert_eq!(mug.get(product::WEIGHT), Some(&Value::Number(3_500)));
    assert_eq!(mug.get(product::TAX_FREE), Some(&Value::Flag(false)));
    assert_eq!(mug.get(product::TAGS), Some(&Value::list(["clay", "tea"])));
    assert_eq!(mug.get(product::OPTION1_NAME), None);
    assert_eq!(mug.notes, ["The row has no SKU; \"mug\" is used."]);
}

#[test]
fn the_parent_has_what_the_variants_share() {
    let items = kept(FILE);
    let parent = row(&items[2]);
    assert_eq!(parent.text(product::DESCRIPTION), "<p>Soft,\nwarm.</p>");
    assert_eq!(parent.get(product::ACTIVE), Some(&Value::Flag(true)));
    assert_eq!(parent.get(product::STOCK), None);
    assert_eq!(parent.get(product::OPTION1_VALUE), None);
    let large = row(&items[5]);
    assert_eq!(
        large.values,
        [
            (product::SKU, Value::text("TEE-L")),
            (product::PARENT_SKU, Value::text("tee")),
            (product::NAME, Value::text("Tee - Large / Red")),
            (product::BRAND, Value::text("Loom")),
            (product::CATEGORY, Value::text("Apparel")),
            (product::ACTIVE, Value::Flag(true)),
            (product::OPTION1_NAME, Value::text("Size")),
            (product::OPTION1_VALUE, Value::text("Large")),
            (product::OPTION2_NAME, Value::text("Colour")),
            (product::OPTION2_VALUE, Value::text("Red")),
            (product::WEIGHT, Value::Number(2_000)),
            (product::STOCK, Value::Number(5)),
            (product::STORE_PRICE, Value::Number(220_000)),
            (product::TAX_FREE, Value::Flag(true)),
        ]
    );
    assert_eq!(row(&items[3]).text(product::BARCODE), "9310000000017");
}

#[test]
fn the_blank_cells_of_later_rows_clear_nothing_of_the_product() {
    let items = read(FILE, EmptyCells::Clear);
    let large = row(&items[5]);
    assert_eq!(large.get(product::BRAND), Some(&Value::text("Loom")));
    assert_eq!(large.get(product::DESCRIPTION), None);
    assert_eq!(large.get(product::BARCODE), Some(&Value::Empty));
    let cup = row(&items[6]);
    assert_eq!(cup.get(product::DESCRIPTION), Some(&Value::Empty));
    assert_eq!(cup.get(product::OPTION1_VALUE), Some(&Value::Empty));
}

#[test]
fn images_that_nobody_can_find_are_no_empty_cells() {
    let file = |image: &str| {
        format!(
            "Handle,Title,Variant SKU,Image Src\npen,Pen,PEN-1,{image}\npen,,,\ncup,Cup,CUP-1,\n"
        )
    };
    let found = |image: &str, at: usize| {
        let items = read(&file(image), EmptyCells::Clear);
        row(&items[at]).get(product::MAIN_IMAGE).cloned()
    };
    assert_eq!(found("pen.jpg", 0), None, "what was there stays");
    assert_eq!(found("", 0), Some(Value::Empty));
    assert!(found("https://a.test/1.jpg", 0).is_some_and(|image| !image.is_empty()));
}

#[test]
fn a_second_variant_without_options_makes_the_first_one_a_variant_too() {
    let items = kept(
        "Handle,Title,Variant SKU,Variant Price,Image Src\n\
         pen,Pen,PEN-1,1,\npen,,,,http://images.test/1\n\npen,,PEN-2,2,\n",
    );
    assert_eq!(
        told(&items),
        [
            "2+ pen |  | Pen",
            "2 PEN-1 | pen | Pen",
            "3 An image of the product above.",
            "4 Blank row.",
            "5 PEN-2 | pen | Pen",
        ]
    );
}

#[test]
fn a_product_with_one_option_value_is_a_parent_and_a_variant() {
    let items = kept("Handle,Title,Option1 Name,Option1 Value\nhat,Hat,Size,M\n");
    assert_eq!(told(&items), ["2+ hat |  | Hat", "2 hat-m | hat | Hat - M"]);
}

#[test]
fn a_file_of_titles_updates_the_products_themselves() {
    let items = kept("Handle,Title,Vendor\nhat,Hat,Loom\ncap,Cap,Loom\n");
    assert_eq!(told(&items), ["2 hat |  | Hat", "3 cap |  | Cap"]);
}

#[test]
fn variants_that_cannot_be_told_apart_are_problems() {
    let items = kept(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n\
         hat,Hat,Size,M,hat,1\nhat,,,,,2\nhat,,,L,HAT-L,x\n",
    );
    assert_eq!(
        told(&items),
        [
            "2+ hat |  | Hat",
            "2 The variant's SKU is the handle, which is the SKU of the product itself.",
            "3 The variant has neither a SKU nor an option value.",
            "4 \"x\" is not a number.",
        ]
    );
}

#[test]
fn what_is_wrong_with_the_product_is_a_problem_of_the_parent_and_of_its_row() {
    let long = "x".repeat(120);
    let text = format!(
        "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU\n\
         hat,Hat,{long},Size,M,HAT-M\nhat,,,,L,HAT-L\n{long},Cap,Loom,Size,M,CAP-M\n"
    );
    assert_eq!(
        told(&kept(&text)),
        [
            "2+ Brand has at most 100 characters; this has 120. Shorten it.",
            "2 Brand has at most 100 characters; this has 120. Shorten it.",
            "3 HAT-L | hat | Hat - L",
            "4+ SKU has at most 100 characters; this has 120. Shorten it.",
            "4 SKU has at most 100 characters; this has 120. Shorten it.",
        ]
    );
}

#[test]
fn rows_that_wait_for_a_second_variant_do_not_pile_up() {
    let images = "pen,,,\n".repeat(MAX_HELD + 5);
    let items = kept(&format!(
        "Handle,Title,Variant SKU,Variant Price\npen,Pen,PEN-1,1\n{images}pen,,PEN-2,2\n"
    ));
    let told = told(&items);
    assert_eq!(told[0], "2 PEN-1 |  | Pen");
    assert_eq!(told.len(), MAX_HELD + 7);
    assert!(told[MAX_HELD + 6].contains("stood further up"));
}
