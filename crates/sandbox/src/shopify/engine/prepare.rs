//! From the text of an operation to something that can be priced and executed.

use std::sync::LazyLock;

use apollo_compiler::executable::Operation;
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::JsonMap;
use apollo_compiler::validation::{DiagnosticList, Valid};
use apollo_compiler::{ExecutableDocument, Node, Schema};
use serde_json::{Map, Value, json};

use super::refusal::Refusal;

const SCHEMA: &str = include_str!("../schema/admin-2026-10.graphql");

static PARSED: LazyLock<Valid<Schema>> = LazyLock::new(|| {
    let parsed = Schema::parse_and_validate(SCHEMA, "admin-2026-10.graphql");
    parsed.expect("the schema of the practice shop is broken")
});

/// Shopify's schema, trimmed.
pub(crate) fn schema() -> &'static Valid<Schema> {
    &PARSED
}

/// An operation that is valid, with variables that fit.
pub(crate) struct Prepared {
    pub(crate) document: Valid<ExecutableDocument>,
    pub(crate) operation: Node<Operation>,
    pub(crate) variables: Valid<JsonMap>,
}

/// Validates an operation against the schema and its variables against the operation.
///
/// # Errors
/// What Shopify says of an operation that it does not execute: entries of `errors`.
pub(crate) fn prepare(
    query: &str,
    name: Option<&str>,
    variables: &Map<String, Value>,
) -> Result<Prepared, Vec<Value>> {
    let document = ExecutableDocument::parse_and_validate(schema(), query, "operation.graphql")
        .map_err(|broken| complaints(&broken.errors))?;
    let operation = document
        .operations
        .get(name)
        .cloned()
        .map_err(|why| vec![json!({"message": why.message().to_string()})])?;
    let raw: JsonMap = serde_json::to_value(variables)
        .and_then(serde_json::from_value)
        .map_err(|why| vec![json!({"message": why.to_string()})])?;
    let variables = coerce_variable_values(schema(), &operation, &raw).map_err(|why| {
        let explanation = why.message().to_string();
        let problems = json!([{"path": [], "explanation": explanation}]);
        let refusal = Refusal::new("INVALID_VARIABLE", explanation).with("problems", problems);
        vec![refusal.entry()]
    })?;
    Ok(Prepared {
        document,
        operation,
        variables,
    })
}

/// The complaints of the validation as Shopify has them, as far as that is known.
fn complaints(errors: &DiagnosticList) -> Vec<Value> {
    let entry = |message: String| {
        let Some((kind, field)) = undefined_field(&message) else {
            return json!({"message": message});
        };
        let text = format!("Field '{field}' doesn't exist on type '{kind}'");
        Refusal::new("undefinedField", text)
            .with("typeName", json!(kind))
            .with("fieldName", json!(field))
            .entry()
    };
    errors
        .iter()
        .map(|one| entry(one.error.to_string()))
        .collect()
}

/// The type and the field of ``type `T` does not have a field `f` ``.
fn undefined_field(message: &str) -> Option<(&str, &str)> {
    let rest = message.strip_prefix("type `")?;
    let (kind, rest) = rest.split_once("` does not have a field `")?;
    Some((kind, rest.strip_suffix('`')?))
}
