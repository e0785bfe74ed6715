//! Fields of the workspace's own on a terminal: made, filled, filtered by, imported, removed.

use super::Terminal;

/// What a command prints, as text.
fn text(terminal: &Terminal, args: &[&str]) -> String {
    let ran = terminal.run(args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

/// A workspace with a field Season, and a mug for the summer.
fn with_season() -> Terminal {
    let terminal = Terminal::ready();
    let season = [
        "label=Season",
        "type=choice",
        "choices=Summer",
        "filterable=yes",
    ];
    text(
        &terminal,
        &[&["fields", "create"][..], &season[..]].concat(),
    );
    text(
        &terminal,
        &["products", "create", "sku=MUG", "name=Mug", "season=summer"],
    );
    terminal
}

#[test]
fn an_owner_makes_a_field_and_fills_it() {
    let terminal = with_season();
    let listed = text(&terminal, &["fields", "list"]);
    assert!(
        listed.contains("season") && listed.contains("choice"),
        "{listed}"
    );
    let shown = text(&terminal, &["products", "show", "MUG"]);
    assert!(shown.contains("Season               Summer"), "{shown}");
    terminal
        .run(&["products", "update", "MUG", "season=Autumn"])
        .refused(2, "Type one of its choices, such as Summer");
}

#[test]
fn a_file_brings_fields_by_which_products_are_found() {
    let terminal = with_season();
    let run = |args: &[&str]| terminal.run(args).json(0);
    let rows = "sku,name,Season,Year,Shelf\nCUP,Cup,Summer,2024,A1\nPAN,Pan,,2025,B2\n";
    let file = terminal.file("new.csv", rows);
    let made = [
        "--make-fields",
        "--map",
        "Shelf=new:choice",
        "--yes",
        "--json",
    ];
    run(&[&["import", &file][..], &made[..]].concat());
    assert_eq!(run(&["fields", "list", "--json"])["total"], 3);
    let found = |filter: &str| run(&["products", "list", "--where", filter, "--json"]);
    assert_eq!(found("season=Summer")["total"]["count"], 2);
    assert_eq!(found("season=")["rows"][0]["sku"], "PAN");
    let by_season = ["--where", "shelf=A1", "--sort-by", "season", "--json"];
    let shelf = run(&[&["products", "list"][..], &by_season[..]].concat());
    assert_eq!(shelf["rows"][0]["sku"], "CUP");
    terminal
        .run(&["products", "list", "--where", "year>=2025"])
        .refused(1, "cannot be filtered or sorted by Year");
    text(&terminal, &["fields", "update", "year", "filterable=yes"]);
    assert_eq!(found("year>=2025")["rows"][0]["sku"], "PAN");
}

#[test]
fn a_field_that_is_removed_says_how_many_values_it_has() {
    let terminal = with_season();
    let removed = terminal.run(&["fields", "delete", "season"]);
    assert!(
        removed.err.contains("Season has 1 values"),
        "{}",
        removed.err
    );
    terminal
        .run(&["products", "list", "--where", "season=Summer"])
        .refused(2, "There is no field \"season\"");
    text(&terminal, &["fields", "restore", "season"]);
    let found = ["products", "list", "--where", "season=Summer", "--json"];
    assert_eq!(terminal.run(&found).json(0)["total"]["count"], 1);
    text(&terminal, &["fields", "delete", "season"]);
    terminal
        .run(&["fields", "delete", "season", "--for-good", "--json"])
        .refused(2, "--yes");
    text(
        &terminal,
        &["fields", "delete", "season", "--for-good", "--yes"],
    );
    let shown = text(&terminal, &["products", "show", "MUG"]);
    assert!(!shown.contains("Season"), "{shown}");
}

#[test]
fn a_field_that_a_kind_has_not_is_answered_with_those_that_it_has() {
    let terminal = Terminal::ready();
    for (args, part) in [
        (
            ["fields", "create", "name=Season"],
            "name is no field of a custom field. Its fields are: code, label,",
        ),
        (
            ["suppliers", "create", "sku=ACME"],
            "sku is no field of a supplier. Its fields are: code, name,",
        ),
        (
            ["products", "create", "supplier.code=A"],
            "supplier.code is no field of a product. Its fields are: sku,",
        ),
    ] {
        terminal.run(&args).refused(1, part);
    }
    let file = terminal.path("out.csv").display().to_string();
    terminal
        .run(&["suppliers", "export", &file, "--columns", "sku"])
        .refused(1, "Its fields are: code, name,");
}
