//! Fields of the workspace's own on a terminal: made, filled, filtered by, imported, removed.

use super::Terminal;

#[test]
fn an_owner_keeps_fields_of_the_workspace_and_fills_them() {
    let terminal = Terminal::ready();
    let run = |args: &[&str]| terminal.run(args).json(0);
    let text = |args: &[&str]| {
        let ran = terminal.run(args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    text(&[
        "fields",
        "create",
        "label=Season",
        "type=choice",
        "choices=Summer",
        "filterable=yes",
    ]);
    let listed = text(&["fields", "list"]);
    assert!(
        listed.contains("season") && listed.contains("choice"),
        "{listed}"
    );
    text(&["products", "create", "sku=MUG", "name=Mug", "season=summer"]);
    let shown = text(&["products", "show", "MUG"]);
    assert!(shown.contains("Season               Summer"), "{shown}");
    terminal
        .run(&["products", "update", "MUG", "season=Autumn"])
        .refused(2, "Type one of its choices, such as Summer");

    // A file brings a column that is known, and others for which fields are made.
    let file = terminal.file(
        "new.csv",
        "sku,name,Season,Year,Shelf\nCUP,Cup,Summer,2024,A1\nPAN,Pan,,2025,B2\n",
    );
    let import = [
        "import",
        &file,
        "--make-fields",
        "--map",
        "Shelf=new:choice",
        "--yes",
        "--json",
    ];
    run(&import);
    let fields = run(&["fields", "list", "--json"]);
    assert_eq!(fields["total"], 3);
    let summer = run(&["products", "list", "--where", "season=Summer", "--json"]);
    assert_eq!(summer["total"]["count"], 2);
    let none = run(&["products", "list", "--where", "season=", "--json"]);
    assert_eq!(none["rows"][0]["sku"], "PAN");
    let shelf = run(&[
        "products",
        "list",
        "--where",
        "shelf=A1",
        "--sort-by",
        "season",
        "--json",
    ]);
    assert_eq!(shelf["rows"][0]["sku"], "CUP");
    terminal
        .run(&["products", "list", "--where", "year>=2025"])
        .refused(1, "cannot be filtered or sorted by Year");
    text(&["fields", "update", "year", "filterable=yes"]);
    let young = run(&["products", "list", "--where", "year>=2025", "--json"]);
    assert_eq!(young["rows"][0]["sku"], "PAN");

    let removed = terminal.run(&["fields", "delete", "season"]);
    assert!(
        removed.err.contains("Season has 2 values"),
        "{}",
        removed.err
    );
    terminal
        .run(&["products", "list", "--where", "season=Summer"])
        .refused(2, "There is no field \"season\"");
    text(&["fields", "restore", "season"]);
    assert_eq!(
        run(&["products", "list", "--where", "season=Summer", "--json"])["total"]["count"],
        2
    );
    text(&["fields", "delete", "season"]);
    terminal
        .run(&["fields", "delete", "season", "--for-good", "--json"])
        .refused(2, "--yes");
    text(&["fields", "delete", "season", "--for-good", "--yes"]);
    let shown = text(&["products", "show", "MUG"]);
    assert!(!shown.contains("Season"), "{shown}");
}
