//! Files as shops send them, with what is wrong in them: read right, asked about or refused with a reason, and
//! told the same to people and to programs.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value as Json, json};

use super::Terminal;
use super::terminal::Ran;

/// Imports a file and takes what is said of it.
fn import(terminal: &Terminal, content: impl AsRef<[u8]>, arguments: &[&str]) -> Ran {
    let file = terminal.file("file.csv", content);
    terminal.run(&[&["import", &file][..], arguments].concat())
}

/// What stands in a field of a product.
fn field(terminal: &Terminal, sku: &str, key: &str) -> Json {
    let shown = terminal.run(&["products", "show", sku, "--json"]).json(0);
    shown["product"]["fields"][key].clone()
}

fn texts(list: &Json) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn barcodes_that_cannot_be_right_are_warnings_in_both_forms() {
    let terminal = Terminal::ready();
    let file = "sku,name,ean\nA,Sofa,4006381333932\nB,Cup,36000291452\nC,Jug,4006381333931\n\
                D,Hat,400-6381-333931\n";
    let told = import(&terminal, file, &["--dry-run", "--json"]);
    let json = told.json(0);
    let warnings: Vec<(&str, i64, &str)> = json["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| {
            let kind = warning["mark"]["kind"].as_str().unwrap();
            (
                kind,
                warning["count"].as_i64().unwrap(),
                warning["text"].as_str().unwrap(),
            )
        })
        .collect();
    let odd = "Barcode: 2 values have a wrong check digit or lost a zero";
    let shared = "Barcode: 2 rows have one that another row has, too";
    assert_eq!(
        warnings,
        [("oddBarcode", 2, odd), ("sharedBarcode", 2, shared)]
    );
    let rows = json["file"]["rows"].as_array().unwrap();
    assert!(
        texts(&rows[0]["notes"])[0].contains("does not fit"),
        "{rows:?}"
    );
    assert!(
        texts(&rows[1]["notes"])[0].contains("lost its zero"),
        "{rows:?}"
    );
    for part in [odd, shared, "line 2: A: ", "line 3: B: "] {
        assert!(told.err.contains(part), "{part}: {}", told.err);
    }
    import(&terminal, file, &["--yes"]);
    let taken = "sku,name,ean\nNEW,Bowl,4006381333931\n";
    let told = import(&terminal, taken, &["--dry-run", "--json"]);
    assert_eq!(told.json(0)["warnings"][0]["mark"]["kind"], "barcodeInUse");
    assert!(
        told.err.contains("belongs to another product already"),
        "{}",
        told.err
    );
}

#[test]
fn prices_and_stock_that_are_not_imported_are_warnings_in_both_forms() {
    let terminal = Terminal::ready();
    let file = "SKU,Name,Unit Price,Qty in Leeds,Colour\nA,Sofa,10,3,red\n";
    let told = import(&terminal, file, &["--dry-run", "--json"]);
    let read = &told.json(0)["file"];
    let warnings = [
        "\"Unit Price\" looks like a price and is not imported.",
        "\"Qty in Leeds\" looks like stock and is not imported.",
    ];
    assert_eq!(texts(&read["warnings"]), warnings);
    assert_eq!(
        read["leftOut"],
        json!(["Unit Price", "Qty in Leeds", "Colour"])
    );
    for warning in warnings {
        assert!(
            told.err.contains(&format!("warning: {warning}")),
            "{}",
            told.err
        );
    }
    let mapped = [
        "--map",
        "Unit Price=store_price",
        "--map",
        "Qty in Leeds=stock",
        "--yes",
        "--json",
    ];
    let done = import(&terminal, file, &mapped).json(0);
    assert_eq!(done["file"]["warnings"], json!([]));
    assert_eq!(field(&terminal, "A", "store_price"), 100_000);
    assert_eq!(field(&terminal, "A", "stock"), 3);
}

#[test]
fn lines_that_are_no_products_are_told_and_left_out() {
    let terminal = Terminal::ready();
    let file = "Price list,,,\nSKU,Name,Price,Stock\nA,Sofa,10,1\nsku , NAME,price,stock\nB,Cup,5,2\n\
                Total,,15,3\n* ex works,,,\n";
    let told = import(&terminal, file, &["--yes", "--json"]);
    let done = told.json(0);
    assert_eq!((&done["created"], &done["skipped"]), (&json!(2), &json!(4)));
    assert_eq!(done["file"]["headerLine"], 2);
    assert_eq!(
        texts(&done["file"]["notes"]),
        [
            "The names of the columns stand on line 2.",
            "The names of the columns come again on line 4; this row is left out.",
            "Totals and notes are left out: line 6 \"Total\", line 7 \"* ex works\"."
        ]
    );
    let lines: Vec<&Json> = done["file"]["oddLines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|odd| &odd["line"])
        .collect();
    assert_eq!(lines, [6, 7]);
    assert!(told.err.contains("header on line 2"), "{}", told.err);
    assert!(told.err.contains("note: Totals and notes"), "{}", told.err);
}

#[test]
fn a_file_of_a_cash_register_is_asked_about_with_its_words_and_read_by_choice() {
    let terminal = Terminal::ready();
    let file = b"sku;name;price\nD1;K\x84se gr\x94\xe1e;1,5\n";
    let asked = import(&terminal, file, &["--yes"]);
    asked.refused(2, "\"Käse größe\" in IBM850");
    assert!(asked.err.contains("ibm850"), "{}", asked.err);
    let done = import(&terminal, file, &["--yes", "--json", "--encoding", "cp850"]).json(0);
    assert_eq!(done["file"]["encoding"], "ibm850");
    assert_eq!(field(&terminal, "D1", "name"), "Käse größe");
    import(&terminal, file, &["--yes", "--encoding", "klingon"]).refused(2, "is not known");
}

#[test]
fn the_mark_with_which_dos_ends_a_text_is_no_row() {
    let terminal = Terminal::ready();
    let done = import(
        &terminal,
        b"sku,name\r\nA,Sofa\r\nB,Cup\r\n\x1a",
        &["--yes", "--json"],
    );
    let done = done.json(0);
    assert_eq!((&done["created"], &done["skipped"]), (&json!(2), &json!(1)));
}

#[test]
fn any_sign_can_be_the_delimiter_and_is_said() {
    let terminal = Terminal::ready();
    for (at, sign) in ["^", "~", ":", " ", "comma", "tab"].into_iter().enumerate() {
        let written = match sign {
            "comma" => ",",
            "tab" => "\t",
            sign => sign,
        };
        let file = format!("sku,name,price\nA{at},Sofa,10\n").replace(',', written);
        let arguments = ["--yes", "--json", "--delimiter", sign];
        let done = import(&terminal, file, &arguments).json(0);
        assert_eq!(done["created"], 1, "{sign}");
        assert_eq!(field(&terminal, &format!("A{at}"), "store_price"), 100_000);
    }
    let asked = import(&terminal, "sku~name~price\nA~Sofa~10\n", &["--yes"]);
    asked.refused(2, "Choose ~ if it separates");
    let fixed = import(&terminal, "sku  name  price\nA   Sofa  10\n", &["--yes"]);
    fixed.refused(2, "columns of fixed width");
    // That a person says what the line is makes no column of it.
    let mapping = ["--dry-run", "--map", "sku  name  price=sku"];
    let mapped = import(&terminal, "sku  name  price\nA   Sofa  10\n", &mapping);
    assert!(
        mapped.err.contains("columns of fixed width"),
        "{}",
        mapped.err
    );
    import(&terminal, "a,b\n1,2\n", &["--yes", "--delimiter", "ab"]).refused(2, "ab");
}

#[test]
fn net_and_gross_prices_are_asked_about() {
    let terminal = Terminal::ready();
    let file = "sku,name,Net price,Gross price\nA,Sofa,10,12\n";
    import(&terminal, file, &["--yes"]).refused(2, "\"Net price\", \"Gross price\"");
    import(
        &terminal,
        file,
        &["--yes", "--map", "Gross price=store_price", "--json"],
    )
    .json(0);
    assert_eq!(field(&terminal, "A", "store_price"), 120_000);
}

#[test]
fn a_row_without_a_code_is_told_by_its_line_and_column() {
    let terminal = Terminal::ready();
    let told = import(&terminal, "sku,name\n\"A\tB\",Sofa\n,Cup\n", &["--dry-run"]);
    assert_eq!(told.code, 4);
    let lines: Vec<&str> = told.out.lines().skip(1).collect();
    assert!(lines[0].starts_with("  line 2: sku \"A"), "{lines:?}");
    assert!(
        lines[1].starts_with("  line 3: sku \"\": The SKU is needed"),
        "{lines:?}"
    );
}

#[test]
fn a_code_that_a_spreadsheet_program_changed_is_pointed_out() {
    let terminal = Terminal::ready();
    let told = import(
        &terminal,
        "sku,name\n1-Mar,Bolt\n1001.0,Nut\nA-1,Cup\n",
        &["--dry-run"],
    );
    assert!(
        told.err
            .contains("line 2: 1-Mar: SKU: \"1-Mar\" may be a date"),
        "{}",
        told.err
    );
    assert!(
        told.err
            .contains("line 3: 1001.0: SKU: \"1001.0\" may be 1001"),
        "{}",
        told.err
    );
    assert!(!told.err.contains("line 4"), "{}", told.err);
}

#[test]
fn a_file_that_grows_while_it_is_read_is_refused() {
    let terminal = Terminal::ready();
    let rows: String = (0..60_000)
        .map(|row| format!("A{row},Sofa,12.50\n"))
        .collect();
    let path = terminal.file("grows.csv", format!("sku,name,price\n{rows}"));
    let done = Arc::new(AtomicBool::new(false));
    let writer = {
        let (path, done) = (path.clone(), Arc::clone(&done));
        std::thread::spawn(move || {
            let mut file = std::fs::File::options().append(true).open(path).unwrap();
            let mut row = 60_000;
            while !done.load(Ordering::Relaxed) {
                writeln!(file, "A{row},Sofa,12.50").unwrap();
                row += 1;
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        })
    };
    let told = terminal.run(&["import", &path, "--yes"]);
    done.store(true, Ordering::Relaxed);
    writer.join().unwrap();
    told.refused(1, "still being written");
    let list = terminal.run(&["products", "list", "--json"]).json(0);
    assert_eq!(list["total"]["count"], 0, "nothing was written");
    terminal.run(&["import", &path, "--yes", "--json"]).json(0);
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_device_are_refused_at_once() {
    let terminal = Terminal::ready();
    let pipe = terminal.path("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for path in [pipe.display().to_string(), "/dev/zero".to_owned()] {
        let told = terminal.run(&["import", &path, "--yes"]);
        told.refused(1, "not a file");
    }
}
