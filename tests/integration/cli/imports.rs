//! Import, export and undo.

use std::path::PathBuf;

use serde_json::json;

use super::{PRODUCTS, Terminal, files_below, on_each_workspace};

#[tokio::test]
async fn a_file_is_imported_looked_at_exported_and_undone() {
    on_each_workspace(|terminal| {
        let made = terminal.init().json(0);
        assert_eq!(made["person"]["role"], "owner");
        let file = terminal.file("june.csv", PRODUCTS);
        let planned = terminal
            .run(&["import", &file, "--dry-run", "--json"])
            .json(4);
        assert_eq!(
            (&planned["created"], &planned["batch"]),
            (&json!(2), &json!(null))
        );
        let list = terminal.run(&["products", "list", "--json"]).json(0);
        assert_eq!(list["rows"], json!([]), "nothing was changed");

        let batch = import(terminal, &file);
        let again = terminal.run(&["import", &file, "--yes", "--json"]).json(4);
        assert_eq!(
            (&again["unchanged"], &again["batch"]),
            (&json!(2), &json!(null))
        );

        let exported = terminal.path("out.csv").display().to_string();
        let written = terminal.run(&["export", &exported, "--json"]).json(0);
        assert_eq!(written["rows"], 2);
        let back = terminal
            .run(&["import", &exported, "--yes", "--json"])
            .json(0);
        assert_eq!((&back["read"], &back["unchanged"]), (&json!(2), &json!(2)));

        undo_what_nobody_edited(terminal, &batch);
        let left = files_below(&terminal.path("data/plans"));
        assert_eq!(left, Vec::<PathBuf>::new(), "no plan is left behind");
    })
    .await;
}

/// Imports the file; every row is accounted for. Gives the batch.
fn import(terminal: &Terminal, file: &str) -> String {
    let rejects = terminal.path("rejects.csv").display().to_string();
    let arguments = ["import", file, "--yes", "--json", "--rejects", &rejects];
    let done = terminal.run(&arguments).json(4);
    for (key, count) in [
        ("read", 4),
        ("created", 2),
        ("updated", 0),
        ("unchanged", 0),
        ("skipped", 0),
        ("rejected", 2),
    ] {
        assert_eq!(done[key], count, "{key}: {done}");
    }
    assert_eq!(done["left"][0]["line"], 3);
    assert_eq!(done["left"][0]["problems"][0]["value"], "1O");
    assert_eq!(done["rejects"]["rows"], 2);
    let rejected = terminal.read("rejects.csv");
    assert!(
        rejected.contains("AB-2") && rejected.contains("Mug again"),
        "{rejected}"
    );
    done["batch"].as_str().unwrap().to_owned()
}

fn undo_what_nobody_edited(terminal: &Terminal, batch: &str) {
    terminal
        .run(&["products", "update", "AB-3", "stock=7", "--json"])
        .json(0);
    let look = terminal
        .run(&["undo", batch, "--dry-run", "--json"])
        .json(4);
    assert_eq!((&look["updated"], &look["kept"]), (&json!(1), &json!(1)));
    let undone = terminal.run(&["undo", batch, "--yes"]);
    assert_eq!(undone.code, 4, "{}", undone.err);
    assert!(
        undone
            .out
            .contains("csv: 2 read: 1 moved to the trash, 1 not changed, waiting for you.\n  AB-3"),
        "{}",
        undone.out
    );
    let left = terminal.run(&["products", "list", "--json"]).json(0);
    assert_eq!(left["rows"][0]["sku"], "AB-3");
    let batches = terminal.run(&["batches", "--json"]).json(0);
    let rows = batches["rows"].as_array().unwrap();
    let origins: Vec<_> = rows.iter().map(|row| &row["origin"]).collect();
    assert_eq!(origins, ["undo", "form", "import"]);
    assert!(rows[2]["undoneBy"].is_string());
}

#[test]
fn an_undo_takes_what_was_edited_since_when_it_is_told_to() {
    let terminal = Terminal::ready();
    let file = terminal.file("june.csv", "SKU,Name,Qty\nAB-1,Mug,1\nAB-3,Bowl,2\n");
    let done = terminal.run(&["import", &file, "--yes", "--json"]).json(0);
    let batch = done["batch"].as_str().unwrap();
    terminal
        .run(&["products", "update", "AB-3", "stock=7", "--json"])
        .json(0);
    let arguments = ["undo", batch, "--conflicts", "take", "--json"];
    let look = terminal
        .run(&[&arguments[..], &["--dry-run"]].concat())
        .json(0);
    assert_eq!((&look["updated"], &look["kept"]), (&json!(2), &json!(0)));
    let undone = terminal.run(&[&arguments[..], &["--yes"]].concat()).json(0);
    for (key, count) in [("read", 2), ("updated", 2), ("kept", 0), ("notReached", 0)] {
        assert_eq!(undone[key], count, "{key}: {undone}");
    }
    assert_eq!(undone["batches"], json!([undone["batch"]]));
    let left = terminal.run(&["products", "list", "--json"]).json(0);
    assert_eq!(left["rows"], json!([]));
}

#[test]
fn an_import_never_guesses_and_never_applies_unasked() {
    let terminal = Terminal::ready();
    let file = terminal.file("june.csv", PRODUCTS);
    terminal.run(&["import", &file]).refused(2, "--yes");
    let dates = "SKU,Name,Promotion starts\nAB-1,Mug,3/4/2026\n";
    let dates = terminal.file("dates.csv", dates);
    terminal
        .run(&["import", &dates, "--yes"])
        .refused(2, "--date-order");
    let done = terminal
        .run(&["import", &dates, "--yes", "--date-order", "dmy", "--json"])
        .json(0);
    assert_eq!(done["created"], 1);
    let shown = terminal
        .run(&["products", "show", "AB-1", "--json"])
        .json(0);
    assert_eq!(shown["product"]["fields"]["promo_start"], "2026-04-03");
    let odd = terminal.file("odd.csv", "Nummer;Titel;Wert\nAB-7;Krug;4,50\n");
    terminal.run(&["import", &odd, "--yes"]).refused(2, "--map");
    let map = |map: &'static str| ["--map", map];
    let maps = [
        map("Nummer=sku"),
        map("titel=name"),
        map("Wert=store_price"),
    ]
    .concat();
    let arguments = [
        &["import", &odd, "--yes", "--json", "--decimal-mark", "comma"][..],
        &maps,
    ];
    terminal.run(&arguments.concat()).json(0);
    let shown = terminal
        .run(&["products", "show", "AB-7", "--json"])
        .json(0);
    assert_eq!(shown["product"]["fields"]["store_price"], 45_000);
    terminal
        .run(&["import", &odd, "--yes", "--map", "Preis=cost"])
        .refused(2, "Nummer, Titel");
    terminal
        .run(&["import", &odd, "--yes", "--map", "Wert=colour"])
        .refused(2, "store_price");
    terminal
        .run(&["import", &odd, "--yes", "--map", "Wert"])
        .refused(2, "Column=field");
    terminal
        .run(&["import", &odd, "--yes", "--encoding", "morse"])
        .refused(2, "windows-1252");
    let latin = terminal.file("latin.csv", b"SKU,Name\nAB-9,Caf\xe9\n");
    terminal
        .run(&[
            "import",
            &latin,
            "--yes",
            "--encoding",
            "Windows-1252",
            "--json",
        ])
        .json(0);
    let shown = terminal
        .run(&["products", "show", "AB-9", "--json"])
        .json(0);
    assert_eq!(shown["product"]["fields"]["name"], "Café");
    assert_eq!(
        files_below(&terminal.path("data/plans")),
        Vec::<PathBuf>::new(),
        "nothing is left"
    );
}

#[test]
fn new_skus_are_taken_for_those_that_they_look_like_when_that_is_wished() {
    let terminal = Terminal::ready();
    let there = terminal.file("june.csv", "SKU,Name,Qty\n0017,Mug,1\nAB-1,Cup,2\n");
    terminal.run(&["import", &there, "--yes", "--json"]).json(0);
    let file = terminal.file(
        "july.csv",
        "SKU,Name,Qty\n17,Mug,5\nab-1,Cup,6\nNEW,Pot,7\n",
    );
    let import = |more: &[&str]| {
        let args = [&["import", &file, "--json"][..], more].concat();
        terminal.run(&args).json(0)
    };
    let looked = import(&["--dry-run"]);
    assert_eq!(
        (&looked["created"], &looked["updated"]),
        (&json!(3), &json!(0))
    );
    assert!(looked["warnings"].to_string().contains("look"), "{looked}");
    let done = import(&["--look-alikes", "match", "--yes"]);
    assert_eq!((&done["created"], &done["updated"]), (&json!(1), &json!(2)));
    let list = terminal
        .run(&["products", "list", "--sort", "sku", "--json"])
        .json(0);
    let rows = list["rows"].as_array().unwrap().iter();
    let rows: Vec<_> = rows
        .map(|row| (row["sku"].as_str().unwrap(), row["stock"].as_i64().unwrap()))
        .collect();
    assert_eq!(rows, [("0017", 5), ("AB-1", 6), ("NEW", 7)]);
    // Nothing looks like another one any more.
    let again = import(&["--look-alikes", "match", "--yes"]);
    assert_eq!(
        (&again["created"], &again["unchanged"]),
        (&json!(0), &json!(3))
    );
    let as_they_are = import(&["--look-alikes", "create", "--yes"]);
    assert_eq!(as_they_are["created"], 2);
}
