//! Which of the checked operations the practice shop knows.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{OPERATIONS, Practice};

/// Operations that the practice shop does not know yet.
pub(super) const NOT_YET: [&str; 2] = ["taxonomy_search", "webhook_subscription_create"];

pub(super) fn names() -> Vec<String> {
    let mut names = Vec::new();
    for folder in [
        Path::new(OPERATIONS).to_owned(),
        Path::new(OPERATIONS).join("bulk"),
    ] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "graphql")
            {
                names.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    names.sort();
    names
}

/// The text of every test, where an operation that is known must be named.
fn tests() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/shopify");
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_stem().is_some_and(|name| name != "coverage") {
            text += &fs::read_to_string(path).unwrap();
        }
    }
    text
}

#[test]
fn every_checked_operation_is_tried_or_listed() {
    let tests = tests();
    let tried = |name: &str| {
        tests.contains(&format!("\"{name}\"")) || tests.contains(&format!("/{name}\""))
    };
    for name in names() {
        let listed = NOT_YET.contains(&name.as_str());
        assert!(
            listed || tried(&name),
            "{name} is neither tried nor listed as not yet known"
        );
    }
}

/// A text in place of whatever a variable is.
fn some_value(kind: &str) -> Value {
    match kind.trim_end_matches('!') {
        "Int" => json!(5),
        "Boolean" => json!(false),
        "ID" => json!("gid://shopify/Order/1"),
        list if list.starts_with('[') => json!([]),
        _ => json!("x"),
    }
}

#[tokio::test]
async fn every_checked_operation_is_valid() {
    let practice = Practice::open(10);
    for name in names() {
        let folder = if Path::new(OPERATIONS)
            .join(format!("{name}.graphql"))
            .exists()
        {
            ""
        } else {
            "bulk/"
        };
        let query = super::operation_named(&format!("{folder}{name}"));
        let mut variables = json!({});
        let head = query
            .lines()
            .find(|line| line.starts_with("query") || line.starts_with("mutation"));
        for part in head.unwrap_or_default().split('$').skip(1) {
            if let Some((variable, kind)) = part.split_once(": ") {
                let kind = kind.split([' ', ',', ')']).next().unwrap();
                variables[variable] = some_value(kind);
            }
        }
        let body = json!({"query": query, "variables": variables});
        let answer: Value = practice.send("2026-10", &body).await.json().await.unwrap();
        let code = &answer["errors"][0]["extensions"]["code"];
        // Values are made up: they may not fit. The operation itself must.
        let invalid = answer["errors"].is_array() && code.is_null();
        assert!(!invalid && code != "undefinedField", "{name}: {answer}");
    }
}
