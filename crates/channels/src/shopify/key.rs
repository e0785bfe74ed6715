//! The key by which a product that was created is known again: a field of the app's own that the shop
//! keeps unique.

use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::documents::{BY_KEY, BY_KEYS, DEFINE_KEY};
use super::key_export;
use super::refusal::Complaint;
use super::transport::{Repeat, Transport};
use crate::failure::Answered;

/// The name of the field in the namespace of the app.
pub(super) const NAME: &str = "backstock_key";
/// Its type.
const SORT: &str = "id";

/// How many keys one request asks for.
const AT_ONCE: usize = 250;

/// Whether the shop has the field already.
#[derive(Debug, Default)]
pub(super) struct Keys(OnceCell<()>);

impl Keys {
    /// Makes the field where it is not there yet.
    pub(super) async fn prepare(&self, transport: &Transport) -> Answered<()> {
        let prepared = self.0.get_or_try_init(|| define(transport));
        prepared.await.copied()
    }

    /// The products that were created under keys, in their order; those of very many out of an export.
    pub(super) async fn find_all(
        &self,
        transport: &Transport,
        keys: &[Uuid],
    ) -> Answered<Vec<Option<String>>> {
        self.prepare(transport).await?;
        if keys.len() > transport.bulk.reads {
            // Where the shop has no room for an export, or breaks it off, they are asked for.
            if let Ok(found) = key_export::find_all(transport, keys).await {
                return Ok(found);
            }
        }
        let mut found = Vec::with_capacity(keys.len());
        for part in keys.chunks(AT_ONCE) {
            let mut variables = Map::new();
            for place in 0..AT_ONCE {
                // What is left of the last request asks for its first key once more.
                let key = part.get(place).unwrap_or(&part[0]);
                variables.insert(format!("k{place:03}"), named(*key));
            }
            let asked = transport.ask(BY_KEYS, Value::Object(variables), Repeat::Question);
            let data = asked.await?.data;
            let id = |place: usize| {
                data[format!("k{place:03}")]["id"]
                    .as_str()
                    .map(String::from)
            };
            found.extend((0..part.len()).map(id));
        }
        Ok(found)
    }

    /// The product that was created under a key.
    pub(super) async fn find(&self, transport: &Transport, key: Uuid) -> Answered<Option<String>> {
        self.prepare(transport).await?;
        let variables = json!({"identifier": named(key)});
        let asked = transport.ask(BY_KEY, variables, Repeat::Question);
        let data = asked.await?.data;
        let id = data["productByIdentifier"]["id"].as_str();
        Ok(id.map(String::from))
    }
}

async fn define(transport: &Transport) -> Answered<()> {
    let definition = json!({
        "name": "Backstock key",
        "description": "What Backstock knows a product by that it created.",
        "key": NAME,
        "ownerType": "PRODUCT",
        "type": SORT,
        "capabilities": {"uniqueValues": {"enabled": true}},
    });
    let variables = json!({"definition": definition});
    // A field that is there already is not made twice.
    let asked = transport.ask(DEFINE_KEY, variables, Repeat::Question);
    let data = asked.await?.data;
    let complaints = Complaint::all(&data["metafieldDefinitionCreate"]["userErrors"]);
    match complaints.iter().find(|one| one.code != "TAKEN") {
        Some(complaint) => Err(complaint.failure()),
        None => Ok(()),
    }
}

/// What names the product of a key.
pub(super) fn named(key: Uuid) -> Value {
    json!({"customId": {"key": NAME, "value": key.to_string()}})
}

/// The key as a field of the product.
pub(super) fn metafield(key: Uuid) -> Value {
    json!({"key": NAME, "type": SORT, "value": key.to_string()})
}
