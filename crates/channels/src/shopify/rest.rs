//! A list with what did not fit into its first answer.

use serde_json::{Value, json};

use super::documents::Document;
use super::json::{next_of, nodes};
use super::transport::{Repeat, Transport};
use crate::failure::Answered;

/// All of a list, given its first part; none when what it belongs to is gone. The document asks for the next `part`
/// of the `whole` with this id.
pub(super) async fn rest(
    transport: &Transport,
    document: Document,
    id: &str,
    first: &Value,
) -> Answered<Option<Vec<Value>>> {
    let mut all = nodes(first).to_vec();
    let mut next = next_of(first);
    while let Some(after) = next {
        let variables = json!({"id": id, "after": after});
        let asked = transport.ask(document, variables, Repeat::Question);
        let data = asked.await?.data;
        let part = &data["whole"]["part"];
        if part.is_null() {
            return Ok(None);
        }
        all.extend_from_slice(nodes(part));
        next = next_of(part);
    }
    Ok(Some(all))
}
