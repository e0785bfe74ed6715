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
mod order_behind;
mod order_cancel;
mod order_changes;
mod order_holds;
mod order_lost;
mod order_paging;
mod order_refunds;
mod order_seeded;
mod order_sending;
mod order_stock;
mod product_set;
mod products;
mod throttling;
mod variants;

use reqwest::{Client, Response};
use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Clock, Edit, Moment, Ordered, Server};
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

    /// A shop with 60 products and so many orders, which is asked as often as one likes.
    fn with_orders(orders: u64) -> Self {
        let mut options = ShopifyOptions::new(Catalogue::new(7, 60));
        options.orders = orders;
        options.bucket = 1e9;
        Self::with(options)
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

    /// A mug of which ten lie at the first location, and that place.
    async fn stocked_mug(&self, sku: &str) -> (Mug, String) {
        let mug = self.mug(sku).await;
        let shop = self.locations().await[0].clone();
        let quantities = json!([{
            "inventoryItemId": mug.item, "locationId": shop, "quantity": 10, "changeFromQuantity": null,
        }]);
        let input = json!({"name": "available", "reason": "correction", "quantities": quantities});
        let variables = json!({"input": input, "idempotencyKey": format!("stock-{sku}")});
        self.done("inventory_set_quantities", variables).await;
        (mug, shop)
    }

    /// Available, committed and on hand of a mug at its first location.
    async fn shelf(&self, mug: &Mug) -> (i64, i64, i64) {
        let data = self
            .data("inventory_levels_for_item", json!({"id": mug.item}))
            .await;
        let level = data["inventoryItem"]["inventoryLevels"]["nodes"][0]["quantities"].clone();
        let named = |name: &str| {
            let all = level.as_array().unwrap().iter();
            let mut found = all.filter(|one| one["name"] == name);
            found.next().unwrap()["quantity"].as_i64().unwrap()
        };
        (named("available"), named("committed"), named("on_hand"))
    }

    /// A customer orders; the id of the order.
    async fn ordered(&self, lines: &[(&str, u32)]) -> String {
        let lines = lines.iter().map(|(on, quantity)| Ordered {
            on: String::from(*on),
            quantity: *quantity,
        });
        let placed = Edit::PlaceOrder {
            lines: lines.collect(),
            email: String::from("paula@example.com"),
        };
        self.server.edit(&placed).unwrap();
        let newest = "{ orders(first: 1, reverse: true, sortKey: ORDER_NUMBER) { nodes { id } } }";
        let answer = self.ask(newest, json!({})).await;
        let id = &answer["data"]["orders"]["nodes"][0]["id"];
        id.as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// An order with its lines, payments, refunds and fulfilments.
    async fn order(&self, id: &str) -> Value {
        self.data("order_by_id", json!({"id": id})).await["order"].clone()
    }

    /// The fulfilment orders of an order.
    async fn parts(&self, id: &str) -> Vec<Value> {
        let data = self
            .data("order_fulfillment_orders", json!({"id": id}))
            .await;
        let parts = &data["order"]["fulfillmentOrders"]["nodes"];
        parts.as_array().unwrap().clone()
    }

    /// Every order that a search finds, the longest unchanged first.
    async fn orders(&self, query: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut after = Value::Null;
        loop {
            let variables = json!({"first": 250, "linesFirst": 20, "after": after, "query": query});
            let page = self.data("orders_page", variables).await["orders"].clone();
            let edges = page["edges"].as_array().unwrap();
            all.extend(edges.iter().map(|edge| edge["node"].clone()));
            if page["pageInfo"]["hasNextPage"] == false {
                return all;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
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

/// What a text says as a number of hundredths.
fn hundredths(amount: &Value) -> i64 {
    let text = amount.as_str().unwrap();
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let negative = whole.starts_with('-');
    let rest: i64 = format!("{rest:0<2}").parse().unwrap();
    let whole: i64 = whole.parse().unwrap();
    whole * 100 + if negative { -rest } else { rest }
}

/// When the shops of the tests open.
const START: Moment = Moment::START;
