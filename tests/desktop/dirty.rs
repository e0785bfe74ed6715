//! A file as suppliers send them: 20,000 rows in Windows-1252 with semicolons, decimal commas, quotes,
//! line breaks inside cells, blank and ragged rows, mistyped numbers, missing and repeated keys. Every
//! row is accounted for.

use crate::harness::DesktopApp;
use crate::shop;

const ROWS: usize = 20_000;
const HEADER: &str = "Item code;Product name;Description;Qty;Store price;Brand";

/// What becomes of the rows.
#[derive(Default)]
pub struct Expected {
    created: usize,
    skipped: usize,
    errors: usize,
}

/// One row, and the count that it belongs to.
fn row(number: usize, expected: &mut Expected) -> (String, &mut usize) {
    let Expected {
        created,
        skipped,
        errors,
    } = expected;
    let sku = format!("K{number:05}");
    let (price, brand) = (
        format!("{},{:02} €", number % 900, number % 100),
        "Größe & Söhne",
    );
    match number % 100 {
        0 => (String::new(), skipped),
        1 => (";;;;  ;".into(), skipped),
        2 => (format!("{sku};Käse;plain;1O;{price};{brand}"), errors),
        3 => (format!("{sku};Too short;plain;7"), created),
        4 => (
            format!("{sku};Too long;plain;7;{price};{brand};surplus"),
            errors,
        ),
        5 => (format!(";No key;plain;7;{price};{brand}"), errors),
        // The key of a good row of the hundred before.
        6 if number > 100 => {
            let used = format!("K{:05}", number - 90);
            (format!("{used};Again;plain;7;{price};{brand}"), errors)
        }
        7 => (
            format!("{sku};Fön;\"two\r\nlines; here\";7;{price};{brand}"),
            created,
        ),
        8 => (
            format!("{sku};\"said \"\"hi\"\" {number}\";;7;{price};{brand}"),
            created,
        ),
        9 => (
            format!("{sku};6\" nail;<p>a</p>;7;{price};{brand}"),
            created,
        ),
        _ => (
            format!(
                "{sku};Café größer {number};;{};{price};{brand}",
                number % 500
            ),
            created,
        ),
    }
}

/// The file, and what becomes of its rows.
pub fn file() -> (Vec<u8>, Expected) {
    let mut expected = Expected::default();
    let mut text = format!("{HEADER}\r\n");
    for number in 0..ROWS {
        let (row, count) = row(number, &mut expected);
        *count += 1;
        text.push_str(&row);
        text.push_str("\r\n");
    }
    (windows_1252(&text), expected)
}

/// The few characters that are used here, as Windows-1252 writes them.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |character| match character {
        '€' => 0x80,
        character => u8::try_from(u32::from(character)).unwrap(),
    };
    text.chars().map(byte).collect()
}

#[tokio::test]
async fn every_row_of_a_dirty_file_is_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    let (bytes, expected) = file();
    let path = folder.path().join("supplier.csv");
    std::fs::write(&path, bytes).unwrap();

    app.drop_files(&[&path]);
    app.click_test_id("import-continue").await;
    assert_eq!(
        shop::plan_counts(&app, ["create", "skipped", "error"]).await,
        [expected.created, expected.skipped, expected.errors].map(grouped)
    );
    app.picture("dirty-review");
    let apply = format!("Apply {} changes", grouped(expected.created));
    app.click("button", &apply).await;
    app.by_test_id("plan-done").await;
    app.picture("dirty-done");

    app.drop_files(&[&path]);
    app.click_test_id("import-continue").await;
    assert_eq!(
        shop::plan_counts(&app, ["unchanged", "skipped", "error"]).await,
        [expected.created, expected.skipped, expected.errors].map(grouped),
        "the same file again changes nothing"
    );
}

/// A number as the window writes it.
fn grouped(number: usize) -> String {
    match number {
        0..=999 => number.to_string(),
        _ => format!("{},{:03}", number / 1_000, number % 1_000),
    }
}
