//! Products, one by one.

use super::Terminal;

#[test]
fn a_product_is_created_shown_changed_trashed_and_restored() {
    let terminal = Terminal::ready();
    let fields = [
        "sku=AB-1",
        "name=Blue mug",
        "store_price=12.50",
        "tags=sale, blue",
    ];
    let created = terminal
        .run(&[&["products", "create", "--json"][..], &fields].concat())
        .json(0);
    assert_eq!(created["record"]["fields"]["store_price"], 125_000);
    let shown = terminal.run(&["products", "show", "AB-1"]);
    assert!(
        shown.out.contains("Store price          12.50\n"),
        "{}",
        shown.out
    );
    let updated = terminal.run(&["products", "update", "AB-1", "stock=3", "tags="]);
    assert!(
        updated.out.starts_with("Updated AB-1. Batch "),
        "{}",
        updated.out
    );
    let same = terminal.run(&["products", "update", "AB-1", "stock=3"]);
    assert_eq!(
        same.out,
        "AB-1 is like that already; nothing was changed.\n"
    );
    let history = terminal.run(&["products", "history", "AB-1"]);
    assert!(
        history.out.contains("  Stock on hand: 0 → 3\n"),
        "{}",
        history.out
    );

    let moved = terminal
        .run(&["products", "delete", "AB-1", "--json"])
        .json(0);
    assert_eq!(moved["moved"], 1);
    let list = terminal.run(&["products", "list"]);
    assert!(list.out.ends_with("0 of 0 products\n"), "{}", list.out);
    let twice = terminal.run(&["products", "delete", "AB-1"]);
    assert_eq!(twice.code, 4, "it lies in the trash already");
    let trash = terminal
        .run(&["products", "list", "--trash", "--json"])
        .json(0);
    assert_eq!(trash["rows"][0]["sku"], "AB-1");
    terminal
        .run(&["products", "create", "sku=AB-1", "name=Other"])
        .refused(1, "Restore it");
    terminal
        .run(&["products", "restore", "AB-1", "--json"])
        .json(0);
    let list = terminal
        .run(&["products", "list", "--search", "blu", "--json"])
        .json(0);
    assert_eq!(list["total"]["count"], 1);
}

#[test]
fn names_from_files_cannot_steer_the_terminal() {
    let terminal = Terminal::ready();
    let rows = "sku,name,stock\nAB-1,Mug \u{1b}[2J\u{7},1\nAB-2,Cup,\u{1b}[2J\n";
    // A file that is short on text would not be taken for one.
    let more: String = (3..30).map(|n| format!("AB-{n},Mug,1\n")).collect();
    let file = terminal.file("june.csv", rows.to_owned() + &more);
    let told = terminal.run(&["import", &file, "--yes"]);
    assert_eq!(told.code, 4);
    let told = told.out + &told.err;
    assert!(
        told.contains("AB-2") && !told.contains('\u{1b}'),
        "{told:?}"
    );
    for args in [&["products", "list"][..], &["products", "show", "AB-1"]] {
        let shown = terminal.run(args);
        assert!(
            shown.out.contains("Mug") && !shown.out.contains('\u{1b}'),
            "{:?}",
            shown.out
        );
    }
    let taken = terminal.run(&["products", "create", "sku=AB-1", "name=Cup"]);
    taken.refused(1, "has this SKU already");
    assert!(!taken.err.contains('\u{1b}'), "{:?}", taken.err);
}

#[test]
fn products_are_listed_and_exported_by_their_price() {
    let terminal = Terminal::ready();
    let rows = "sku,name,price\nA,Pen,9.99\nB,Cup,10\nC,Jug,12.50\nD,Pot,20\nE,Gift,\n";
    let file = terminal.file("june.csv", rows);
    terminal.run(&["import", &file, "--yes"]);
    let listed = |range: &[&str]| -> Vec<String> {
        let args = [&["products", "list", "--sort", "sku", "--json"][..], range].concat();
        let list = terminal.run(&args).json(0);
        let rows = list["rows"].as_array().unwrap().iter();
        rows.map(|row| row["sku"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(listed(&["--price-from", "10"]), ["B", "C", "D"]);
    assert_eq!(
        listed(&["--price-to", "12.50"]),
        ["A", "B", "C"],
        "the ends count"
    );
    assert_eq!(
        listed(&["--price-from", "10", "--price-to", "12.5"]),
        ["B", "C"]
    );
    assert_eq!(
        listed(&["--price-from", "12.5001", "--price-to", "19.9999"]),
        Vec::<String>::new()
    );
    assert_eq!(
        listed(&["--price-from", "20", "--price-to", "10"]),
        Vec::<String>::new()
    );
    for wrong in ["10,5,0", "ten", "", "£10"] {
        terminal
            .run(&["products", "list", "--price-from", wrong])
            .refused(2, "--price-from");
    }
    let out = terminal.path("out.csv").display().to_string();
    let range = ["export", &out, "--price-from", "12", "--price-to", "15"];
    assert_eq!(terminal.run(&range).code, 0);
    let written = terminal.read("out.csv");
    assert_eq!(written.lines().count(), 2, "{written}");
    assert!(written.contains("\nC,"), "{written}");
}
