//! A workspace that the version before suppliers made is opened by this one.

use std::sync::Arc;

use testing::Place;

use super::Terminal;
use super::terminal::Ran;

/// The workspace as that version left it, and the end of its history as it told it.
const WORKSPACE: &str = include_str!("older/schema-31.sql");
const HEAD: &str = "37:e996727a85b122cbe06930ecec0a2e8ab5ad3caa58425b6ac0118e3bda9d97c7";
/// Its first import.
const IMPORT: &str = "01a22372-e55c-7622-8cb2-073f6993a44e";

async fn left_by_the_version_before() -> (Terminal, Arc<tempfile::TempDir>) {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let file = folder.path().join("shop.backstock");
    std::fs::write(&file, "").unwrap();
    Place::File(Arc::clone(&folder)).execute(WORKSPACE).await;
    let workspace = file.display().to_string();
    (
        Terminal::on(workspace, tempfile::tempdir().unwrap()),
        folder,
    )
}

fn verified(terminal: &Terminal) -> Ran {
    terminal.run(&["verify-history", "--head", HEAD, "--json"])
}

#[tokio::test]
async fn its_history_verifies_and_goes_on() {
    let (terminal, folder) = left_by_the_version_before().await;
    let found = verified(&terminal).json(0);
    assert!(found["entries"].as_i64().unwrap() > 40, "{found}");
    let copy = folder.path().join("shop.backstock.schema-31.backup");
    assert!(copy.exists(), "the file as it was is kept beside it");

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
    verified(&terminal).json(0);
}

#[tokio::test]
async fn its_variants_have_no_twins() {
    let (terminal, _folder) = left_by_the_version_before().await;
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
