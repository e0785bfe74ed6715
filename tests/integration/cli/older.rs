//! A workspace that the version before suppliers made is opened by this one.

use std::path::PathBuf;

use testing::Place;

use super::Terminal;
use super::terminal::{Ran, workspace_at};

/// The workspace as that version left it, and the end of its history as it told it.
const WORKSPACE: &str = include_str!("older/schema-31.sql");
const HEAD: &str = "37:e996727a85b122cbe06930ecec0a2e8ab5ad3caa58425b6ac0118e3bda9d97c7";
/// Its first import.
const IMPORT: &str = "01a22372-e55c-7622-8cb2-073f6993a44e";

/// The folder of the migrations of the other database; those up to 31 are that version's.
const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/mysql");

/// The tables of that version on a server, with what its workspace on a file held.
async fn load_on_a_server(place: &Place) {
    let mut steps: Vec<_> = std::fs::read_dir(MIGRATIONS).unwrap().collect();
    steps.sort_by_key(|step| step.as_ref().unwrap().file_name());
    let paths = steps.into_iter().map(|step| step.unwrap().path());
    let is_of_it = |path: &PathBuf| *path.file_name().unwrap() < *"0032";
    for path in paths.filter(is_of_it) {
        place.execute(&std::fs::read_to_string(path).unwrap()).await;
    }
    let of_the_search = |line: &&str| line.starts_with("insert into products_");
    let rows = WORKSPACE
        .split(";\n")
        .filter(|row| row.starts_with("insert into "));
    let rows: Vec<&str> = rows.filter(|row| !of_the_search(row)).collect();
    let load = format!(
        "set session sql_mode = 'NO_BACKSLASH_ESCAPES'; delete from sync_state; delete from history_head; {}",
        rows.join(";\n")
    );
    place.execute(&load).await;
}

/// A workspace as the version before left it, on a file or on a server.
async fn left_by_the_version_before(place: &Place) -> Terminal {
    match place {
        Place::File(folder) => {
            std::fs::write(folder.path().join("shop.backstock"), "").unwrap();
            place.execute(WORKSPACE).await;
        }
        Place::Server(_) => load_on_a_server(place).await,
    }
    Terminal::on(workspace_at(place), tempfile::tempdir().unwrap())
}

fn verified(terminal: &Terminal) -> Ran {
    terminal.run(&["verify-history", "--head", HEAD, "--json"])
}

#[tokio::test]
async fn its_history_verifies_and_goes_on() {
    for (_, place) in Place::fresh().await {
        let terminal = left_by_the_version_before(&place).await;
        let found = verified(&terminal).json(0);
        assert!(found["entries"].as_i64().unwrap() > 40, "{found}");
        if let Place::File(folder) = &place {
            let copy = folder.path().join("shop.backstock.schema-31.backup");
            assert!(copy.exists(), "the file as it was is kept beside it");
        }
        goes_on(&terminal);
        place.remove().await;
    }
}

fn goes_on(terminal: &Terminal) {
    let mug = terminal.run(&["products", "history", "MUG-1"]);
    for part in ["Mug, blue", "Mug, dark blue", "Ada"] {
        assert!(mug.out.contains(part), "{part}: {}", mug.out);
    }
    let all = terminal.run(&["history", "--json"]).json(0).to_string();
    for part in ["Robert", "Stock keeper", "NZD", "SHIRT-RM"] {
        assert!(all.contains(part), "{part} is in the history: {all}");
    }

    terminal.run(&["suppliers", "list", "--json"]).json(0);
    let undone = terminal.run(&["undo", IMPORT, "--yes", "--conflicts", "take", "--json"]);
    let undone = undone.json(0);
    assert_eq!(undone["undoOf"], IMPORT, "{undone}");
    let left = terminal.run(&["products", "list", "--json"]).json(0);
    assert_eq!(left["rows"].as_array().map(Vec::len), Some(0), "{left}");
    verified(terminal).json(0);
}

#[tokio::test]
async fn its_variants_have_no_twins() {
    for (_, place) in Place::fresh().await {
        let terminal = left_by_the_version_before(&place).await;
        refuses_a_twin(&terminal);
        place.remove().await;
    }
}

fn refuses_a_twin(terminal: &Terminal) {
    let twin = terminal.run(&[
        "products",
        "create",
        "sku=SHIRT-MR",
        "name=Shirt",
        "parent_sku=SHIRT",
        "option1_name=Size",
        "option1_value=m",
        "option2_name=colour",
        "option2_value=RED",
    ]);
    twin.refused(1, "SHIRT-RM");
}
