//! What is sent is what Shopify's schema has.

use std::collections::HashMap;
use std::sync::LazyLock;

use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::JsonMap;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use channels::exchange::Exchange;
use channels::shopify::{DOCUMENTS, Document};
use serde_json::Value;

static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| {
    let text = include_str!("../../../../sandbox/src/shopify/schema/admin-2026-10.graphql");
    Schema::parse_and_validate(text, "admin-2026-10.graphql").unwrap()
});

static PARSED: LazyLock<HashMap<&str, Valid<ExecutableDocument>>> = LazyLock::new(|| {
    let parse = |one: &Document| {
        let parsed = ExecutableDocument::parse_and_validate(&SCHEMA, one.text, one.name);
        let parsed = parsed.unwrap_or_else(|why| panic!("{}: {}", one.name, why.errors));
        (one.name, parsed)
    };
    DOCUMENTS.iter().map(parse).collect()
});

fn document(name: &str) -> &'static Valid<ExecutableDocument> {
    PARSED
        .get(name)
        .unwrap_or_else(|| panic!("no document {name}"))
}

/// Checks the variables of everything that was sent and is whole in the log.
pub(super) fn check_sent(exchanges: &[Exchange]) {
    for exchange in exchanges {
        let Ok(sent) = serde_json::from_str::<Value>(&exchange.request) else {
            continue;
        };
        let Some(name) = sent["operationName"].as_str() else {
            continue;
        };
        check_variables(name, &sent["variables"]);
    }
}

fn check_variables(name: &str, variables: &Value) {
    let document = document(name);
    let operation = document.operations.get(Some(name)).unwrap();
    let text = variables.to_string();
    let variables: JsonMap = serde_json::from_str(&text).unwrap();
    let coerced = coerce_variable_values(&SCHEMA, operation, &variables);
    assert!(coerced.is_ok(), "{name}: {:?}: {text}", coerced.err());
}

#[test]
fn every_operation_is_valid_and_named_as_it_is_sent() {
    for one in DOCUMENTS {
        let document = document(one.name);
        let named = document.operations.get(Some(one.name));
        assert!(named.is_ok(), "{}", one.name);
        assert_eq!(document.operations.len(), 1, "{}", one.name);
    }
}
