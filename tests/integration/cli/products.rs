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
