//! The history on a terminal: shown, written to a file, checked.

use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::{PRODUCTS, Terminal, on_each_workspace};

#[tokio::test]
async fn the_history_is_shown_filtered_and_written() {
    on_each_workspace(|terminal| {
        terminal.init().json(0);
        let june = terminal.file("june.csv", PRODUCTS);
        terminal.run(&["import", &june, "--yes"]);
        let page = terminal
            .run(&["history", "--kind", "product", "--json"])
            .json(0);
        let entries = page["entries"].as_array().unwrap();
        assert!(!entries.is_empty(), "{page}");
        assert_eq!(entries[0]["origin"], "import");
        let shown = terminal.run(&["history", "--search", "ab-1"]);
        assert!(
            shown.out.contains("AB-1") && shown.out.contains("Store price: nothing → 12.5"),
            "{}",
            shown.out
        );
        let none = terminal
            .run(&[
                "history",
                "--kind",
                "product",
                "--to",
                "2020-01-01",
                "--json",
            ])
            .json(0);
        assert_eq!(none["entries"].as_array().unwrap().len(), 0);
        for (person, count) in [("ADA@example.com", entries.len()), ("", 0)] {
            let person = match person {
                "" => uuid::Uuid::now_v7().to_string(),
                address => address.to_owned(),
            };
            let args = [
                "history", "--kind", "product", "--person", &person, "--json",
            ];
            let page = terminal.run(&args).json(0);
            assert_eq!(page["entries"].as_array().unwrap().len(), count);
        }
        let file = terminal.path("history.csv");
        let csv = file.display().to_string();
        let written = terminal
            .run(&["history", "--field", "sku", "--csv", &csv, "--json"])
            .json(0);
        assert_eq!(
            written["entries"].as_i64(),
            Some(i64::try_from(entries.len()).unwrap())
        );
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains(",SKU,,AB-1,"), "{text}");
        for (option, value, part) in [
            ("--origin", "magic", "no origin \"magic\""),
            ("--from", "22.11.2026", "Type a day as"),
            ("--person", "eve@example.com", "No person has the address"),
        ] {
            terminal.run(&["history", option, value]).refused(2, part);
        }
    })
    .await;
}

#[tokio::test]
async fn a_history_that_was_changed_ends_with_an_exit_code() {
    let terminal = Terminal::ready();
    terminal
        .run(&["products", "create", "sku=AB-1", "name=Mug", "--json"])
        .json(0);
    let found = terminal.run(&["verify-history", "--json"]).json(0);
    assert_eq!(found["problemCount"], 0);
    let head = found["head"].as_str().unwrap();
    terminal
        .run(&["verify-history", "--head", head, "--json"])
        .json(0);
    let options = SqliteConnectOptions::new().filename(&terminal.workspace);
    let mut conn = options.connect().await.unwrap();
    sqlx::raw_sql("update journal set changes = replace(changes, 'Mug', 'Jug')")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    let changed = terminal.run(&["verify-history"]);
    assert_eq!(changed.code, 1, "{}", changed.out);
    assert!(
        changed.out.contains("Entries were changed"),
        "{}",
        changed.out
    );
    assert!(
        changed
            .out
            .contains("The workspace was changed past the app.")
    );
    terminal.run(&["verify-history", "--json"]).json(1);
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_missed_in_a_named_workspace_too() {
    let terminal = Terminal::ready();
    for sku in ["sku=AB-1", "sku=AB-2"] {
        terminal
            .run(&["products", "create", sku, "name=Mug", "--json"])
            .json(0);
    }
    terminal.run(&["verify-history", "--json"]).json(0);
    let options = SqliteConnectOptions::new().filename(&terminal.workspace);
    let mut conn = options.connect().await.unwrap();
    // Everything after the first owner: the database alone looks whole.
    let cut = "delete from journal where batch_id in (select batch_id from history_chain where position > 1); \
        delete from batches where id in (select batch_id from history_chain where position > 1); \
        delete from batch_digests where batch_id in (select batch_id from history_chain where position > 1); \
        delete from history_chain where position > 1; \
        update history_head set position = 1, link = (select link from history_chain where position = 1)";
    sqlx::raw_sql(cut).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let found = terminal.run(&["verify-history"]);
    assert_eq!(found.code, 1, "{}", found.out);
    assert!(found.out.contains("was cut off"), "{}", found.out);
}

#[tokio::test]
async fn an_undo_of_an_undo_says_what_it_does_again() {
    let terminal = Terminal::ready();
    terminal
        .run(&["products", "create", "sku=AB-1", "name=Mug", "--json"])
        .json(0);
    let edit = terminal.run(&["products", "update", "AB-1", "stock=7", "--json"]);
    let edit = edit.json(0)["batchId"].as_str().unwrap().to_owned();
    let undone = terminal.run(&["undo", &edit, "--yes", "--json"]).json(0);
    assert_eq!(undone["title"], "Undo AB-1");
    let undo = undone["batch"].as_str().unwrap();
    let redone = terminal.run(&["undo", undo, "--yes"]);
    assert_eq!(redone.code, 0, "{}", redone.err);
    let told = "Redo edit of AB-1: 1 read: 1 put back.";
    assert!(redone.out.starts_with(told), "{}", redone.out);
    for list in [["batches", "--limit=5"], ["history", "--kind=product"]] {
        let ran = terminal.run(&list);
        assert!(ran.out.contains("Redo edit of AB-1"), "{}", ran.out);
    }
}

#[test]
fn a_record_is_named_by_its_code_or_its_id() {
    let terminal = Terminal::ready();
    for (noun, fields) in [
        ("products", ["sku=AB-1", "name=Mug"]),
        ("products", ["sku=AB-2", "name=Cup"]),
        ("suppliers", ["code=AB-1", "name=Acme"]),
    ] {
        terminal.run(&[&[noun, "create"][..], &fields].concat());
    }
    let entries = |args: &[&str]| {
        let page = terminal.run(&[&["history", "--json"], args].concat());
        page.json(0)["entries"].as_array().unwrap().clone()
    };
    let product = entries(&["--record", "AB-1"]);
    assert_eq!(product.len(), 1);
    assert_eq!(
        (&product[0]["kind"], &product[0]["label"]),
        (&json!("product"), &json!("AB-1"))
    );
    let id = product[0]["recordId"].as_str().unwrap();
    assert_eq!(entries(&["--record", id]), product);
    let supplier = entries(&["--kind", "supplier", "--record", "AB-1"]);
    assert_eq!(supplier.len(), 1);
    assert_eq!(supplier[0]["kind"], "supplier");
    for (args, code, part) in [
        (
            vec!["--record", "AB-9"],
            1,
            "There is no product with the SKU AB-9.",
        ),
        (
            vec!["--record", "AB-2", "--kind", "suppliers"],
            1,
            "no supplier with the Code AB-2",
        ),
        (
            vec!["--record", "Ada", "--kind", "user"],
            2,
            "\"Ada\" is no id of a",
        ),
    ] {
        terminal
            .run(&[&["history"], &args[..]].concat())
            .refused(code, part);
    }
}
