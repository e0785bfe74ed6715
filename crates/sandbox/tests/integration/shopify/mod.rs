//! A practice Shopify, asked over real HTTP.

mod any_request;
mod bulk;
mod catalogue;
mod connecting;
mod coverage;
mod faults;
mod files;
mod inventory;
mod metafields;
mod options;
mod product_set;
mod products;
mod throttling;
mod variants;

use reqwest::{Client, Response};
use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Clock, Moment, Server};
use serde_json::{Value, json};

/// The operations that were checked against the whole schema.
const OPERATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/operations/shopify");

/// A shop and a client that has a key to it.
struct Practice {
    server: Server<Shopify>,
    client: Client,
    token: String,
}

impl Practice {
    /// A shop with `products` products.
    fn open(products: u64) -> Self {
        Self::with(ShopifyOptions::new(Catalogue::new(7, products)))
    }

    fn with(options: ShopifyOptions) -> Self {
        let clock = Clock::stepping(options.opens, 20);
        let server = Server::open(Shopify::new(&options), clock, 0).unwrap();
        let token = server.shop().token().to_owned();
        Self {
            server,
            client: crate::client(),
            token,
        }
    }

    /// Sends a body to the endpoint of a version.
    async fn send(&self, version: &str, body: &Value) -> Response {
        let url = format!("{}/admin/api/{version}/graphql.json", self.server.url());
        let request = self
            .client
            .post(url)
            .header("x-shopify-access-token", &self.token);
        request.json(body).send().await.unwrap()
    }

    /// The whole answer to an operation in words.
    async fn ask(&self, query: &str, variables: Value) -> Value {
        let answer = self
            .send("2026-10", &json!({"query": query, "variables": variables}))
            .await;
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.unwrap();
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The whole answer to one of the checked operations.
    async fn run(&self, operation: &str, variables: Value) -> Value {
        self.ask(&operation_named(operation), variables).await
    }

    /// The data of an answer without errors.
    async fn data(&self, operation: &str, variables: Value) -> Value {
        let answer = self.run(operation, variables).await;
        assert_eq!(answer["errors"], Value::Null, "{operation}: {answer}");
        answer["data"].clone()
    }

    /// The payload of a mutation without errors of any sort.
    async fn done(&self, operation: &str, variables: Value) -> Value {
        let data = self.data(operation, variables).await;
        let payload = data.as_object().unwrap().values().next().unwrap().clone();
        assert_eq!(payload["userErrors"], json!([]), "{operation}");
        payload
    }

    /// The `userErrors` of a mutation.
    async fn refused(&self, operation: &str, variables: Value) -> Vec<Value> {
        let data = self.data(operation, variables).await;
        let payload = data.as_object().unwrap().values().next().unwrap().clone();
        let errors = payload["userErrors"].as_array().unwrap().clone();
        assert!(!errors.is_empty(), "{operation} was not refused: {payload}");
        errors
    }

    /// The code of the only top error of an answer.
    async fn error(&self, operation: &str, variables: Value) -> String {
        let answer = self.run(operation, variables).await;
        answer["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// A product with one variant, and the ids of product, variant and inventory item.
    async fn mug(&self, sku: &str) -> Mug {
        let input = json!({
            "title": format!("Mug {sku}"),
            "productOptions": [{"name": "Colour", "values": [{"name": "Red"}]}],
            "variants": [{
                "optionValues": [{"optionName": "Colour", "name": "Red"}],
                "sku": sku,
                "price": "9.90",
                "inventoryItem": {"tracked": true, "cost": "3.1"},
            }],
        });
        let payload = self.done("product_set", json!({"input": input})).await;
        let variant = &payload["product"]["variants"]["nodes"][0];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Mug {
            product: text(&payload["product"]["id"]),
            variant: text(&variant["id"]),
            item: text(&variant["inventoryItem"]["id"]),
        }
    }

    /// The ids of the locations in use.
    async fn locations(&self) -> Vec<String> {
        let data = self.data("locations", json!({})).await;
        let nodes = data["locations"]["nodes"].as_array().unwrap();
        let active = nodes.iter().filter(|one| one["isActive"] == true);
        active
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    }

    fn wait(&self, millis: i64) {
        self.server.clock().advance(millis);
    }
}

struct Mug {
    product: String,
    variant: String,
    item: String,
}

/// The text of a checked operation.
fn operation_named(name: &str) -> String {
    let path = format!("{OPERATIONS}/{name}.graphql");
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// The codes of errors.
fn codes(errors: &[Value]) -> Vec<&str> {
    errors
        .iter()
        .map(|one| one["code"].as_str().unwrap_or("none"))
        .collect()
}

/// When the shops of the tests open.
const START: Moment = Moment::START;
