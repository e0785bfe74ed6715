//! Executing what was prepared.

use apollo_compiler::resolvers::Execution;
use serde_json::{Value, json};

use super::cost;
use super::execute::{Context, Node};
use super::prepare::{Prepared, schema};
use super::refusal::Refusal;
use super::value::Thing;

/// What came out.
pub(crate) struct Executed {
    pub(crate) data: Value,
    /// Entries of `errors`.
    pub(crate) errors: Vec<Value>,
    /// What the practice shop did not know: then nothing else of the answer is to be believed.
    pub(crate) unknown: Vec<String>,
    pub(crate) cost: f64,
}

/// What the operation costs at most.
pub(crate) fn requested_cost(prepared: &Prepared) -> f64 {
    cost::requested(prepared)
}

/// Executes the operation.
pub(crate) fn execute(prepared: &Prepared, context: &Context<'_>) -> Executed {
    let root = if prepared.operation.is_mutation() {
        Thing::Mutation
    } else {
        Thing::Query
    };
    let root = Node {
        context,
        thing: root,
    };
    let result = Execution::new(schema(), &prepared.document)
        .operation(&prepared.operation)
        .coerced_variable_values(&prepared.variables)
        .execute_sync(&root);
    let response = match result {
        Ok(response) => response,
        Err(why) => return failed(&why.message().to_string()),
    };
    let data = serde_json::to_value(&response.data).unwrap_or_default();
    let mut executed = Executed {
        cost: cost::actual(prepared, &data),
        data,
        errors: Vec::new(),
        unknown: Vec::new(),
    };
    for error in response.errors {
        let refusal = Refusal::unpack(&error.message);
        if refusal.is_unknown_here() {
            executed.unknown.push(refusal.message.clone());
        }
        let mut entry = refusal.entry();
        entry["path"] = json!(error.path);
        executed.errors.push(entry);
    }
    executed
}

fn failed(why: &str) -> Executed {
    Executed {
        data: Value::Null,
        errors: vec![json!({"message": why})],
        unknown: Vec::new(),
        cost: 0.0,
    }
}
