//! How a file is understood, said and changed on the command line.

use serde_json::{Value as Json, json};

use super::Terminal;

/// The price of a product.
fn price(terminal: &Terminal, sku: &str) -> Json {
    let shown = terminal.run(&["products", "show", sku, "--json"]).json(0);
    shown["product"]["fields"]["store_price"].clone()
}

#[test]
fn the_command_line_says_what_the_window_says() {
    let terminal = Terminal::ready();
    let file =
        "Unit Price,SKU,Name,Brand,Weight (lb),EAN\n10,A,Sofa,NULL,2,4006381333932\nTotal,,,,,\n";
    let file = terminal.file("june.csv", file);
    let ran = terminal.run(&["import", &file, "--dry-run", "--json"]);
    let read = &ran.json(0)["file"];
    for (key, value) in [
        ("encoding", json!("utf-8")),
        ("delimiter", json!("comma")),
        ("headerLine", json!(1)),
        ("leftOut", json!(["Unit Price"])),
    ] {
        assert_eq!(read[key], value, "{key}");
    }
    assert_eq!(
        read["columns"][1],
        json!({"number": 2, "header": "SKU", "target": "sku"})
    );
    assert_eq!(read["oddLines"][0]["line"], 3);
    assert!(
        read["rows"][0]["notes"][1]
            .as_str()
            .unwrap()
            .contains("does not fit"),
        "{read}"
    );
    for part in [
        "read as utf-8, delimiter comma, header on line 1",
        "not imported: Unit Price",
        "note: Brand: NULL is read as empty.",
        "warning: \"Unit Price\" looks like a price",
        "line 2: A: Weight: 2 lb was rounded to 0.9072 kg.",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
}

#[test]
fn what_the_file_leaves_open_is_asked_and_answered() {
    let terminal = Terminal::new();
    let init = [
        "init",
        "--name",
        "Ada",
        "--email",
        "ada@example.com",
        "--currency",
        "GBP",
        "--json",
    ];
    terminal.run(&init).json(0);
    let import = |name: &str, content: &[u8], arguments: &[&str]| {
        let file = terminal.file(name, content);
        terminal.run(&[&["import", &file, "--yes", "--json"][..], arguments].concat())
    };
    let money = b"sku,name,price\nA,Sofa,US$ 12\nB,Cup,7\n";
    import("money.csv", money, &[]).refused(2, "--foreign-money");
    assert_eq!(
        import("money.csv", money, &["--foreign-money", "refuse"]).json(4)["created"],
        1
    );
    import("money.csv", money, &["--foreign-money", "take-as-is"]).json(0);
    assert_eq!(price(&terminal, "A"), 120_000);

    let prices = b"sku,name,Price ex GST,Price inc GST\nC,Sofa,10,11\n";
    import("prices.csv", prices, &[]).refused(2, "--map");
    import(
        "prices.csv",
        prices,
        &["--map", "Price ex GST=", "--map", "Price inc GST="],
    )
    .json(0);
    assert_eq!(price(&terminal, "C"), Json::Null);
    import(
        "prices.csv",
        prices,
        &["--map", "Price inc GST=store_price"],
    )
    .json(0);
    assert_eq!(price(&terminal, "C"), 110_000);

    let stock = b"sku,name,qty\nD,Sofa,10+\n";
    import("stock.csv", stock, &[]).refused(2, "--stock-words");
    import("stock.csv", stock, &["--stock-words", "number"]).json(0);
    let shown = terminal.run(&["products", "show", "D", "--json"]).json(0);
    assert_eq!(shown["product"]["fields"]["stock"], 10);

    let czech = b"sku,name\nE,\xe8aj\n";
    import("tea.csv", czech, &[]).refused(2, "\u{10d}aj");
    import("tea.csv", czech, &["--encoding", "cp1250"]).json(0);
    let shown = terminal.run(&["products", "show", "E", "--json"]).json(0);
    assert_eq!(shown["product"]["fields"]["name"], "čaj");
}

#[test]
fn columns_of_one_name_other_delimiters_and_other_headers_can_be_chosen() {
    let terminal = Terminal::ready();
    let twice = terminal.file("twice.csv", "SKU,Name,Price,Price\nA,Sofa,10,7\n");
    let import = |file: &str, arguments: &[&str]| {
        terminal.run(&[&["import", file, "--yes", "--json"][..], arguments].concat())
    };
    import(&twice, &["--map", "Price=store_price"]).refused(2, "#3 or #4");
    import(&twice, &["--map", "#4=store_price"]).json(0);
    assert_eq!(price(&terminal, "A"), 70_000);
    import(&twice, &["--map", "#9=cost"]).refused(2, "no column");

    let other = terminal.file("other.csv", "sku^name^price\nB^Sofa^10\n");
    import(&other, &[]).refused(2, "--map");
    import(&other, &["--delimiter", "^"]).json(0);
    assert_eq!(price(&terminal, "B"), 100_000);

    let notes = terminal.file("notes.csv", "sku,name,price\nKode,Naam,Prijs\nC,Sofa,10\n");
    let maps = [
        "--header",
        "2",
        "--map",
        "Kode=sku",
        "--map",
        "Naam=name",
        "--map",
        "Prijs=cost",
    ];
    let done = import(&notes, &maps).json(0);
    assert_eq!((&done["created"], &done["skipped"]), (&json!(1), &json!(1)));
    import(&notes, &["--header", "9"]).refused(1, "line 9");
    import(&notes, &["--header", "0"]).refused(2, "0");
}

#[test]
fn what_is_no_file_is_said_to_be_none() {
    let terminal = Terminal::ready();
    let folder = terminal.path("data").display().to_string();
    terminal
        .run(&["import", &folder, "--yes"])
        .refused(1, "is a folder, not a file");
    let none = terminal.path("none.csv").display().to_string();
    terminal
        .run(&["import", &none, "--yes"])
        .refused(1, "There is no file");
}
