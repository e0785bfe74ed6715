//! Whatever is asked, the practice shop answers, and what is in it still fits together.

use apollo_compiler::ast::Type;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use proptest::prelude::*;
use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Moment, Random, Request, Shop};
use serde_json::{Map, Value, json};

use super::coverage::{NOT_YET, names};
use super::{OPERATIONS, operation_named};

/// A shop that is asked without HTTP, and what was seen in its answers.
struct Asked {
    shop: Shopify,
    now: Moment,
    ids: Vec<String>,
}

impl Asked {
    fn open() -> Self {
        let mut options = ShopifyOptions::new(Catalogue::new(5, 12));
        options.bucket = 1e9;
        options.orders = 48;
        Self {
            shop: Shopify::new(&options),
            now: options.opens,
            ids: Vec::new(),
        }
    }

    /// The status and the body of the answer; a body that is no JSON is a failure.
    fn ask(&mut self, body: Vec<u8>) -> (u16, Value) {
        self.now = self.now.plus(700);
        let request = Request {
            method: String::from("POST"),
            path: String::from("/admin/api/2026-10/graphql.json"),
            headers: vec![(
                String::from("x-shopify-access-token"),
                self.shop.token().to_owned(),
            )],
            body,
            origin: String::from("http://127.0.0.1:1"),
            ..Request::default()
        };
        let reply = self.shop.answer(&request, self.now);
        let body = serde_json::from_slice(&reply.body).unwrap();
        self.remember(&body);
        (reply.status, body)
    }

    fn run(&mut self, query: &str, variables: &Value) -> (u16, Value) {
        self.ask(
            json!({"query": query, "variables": variables})
                .to_string()
                .into_bytes(),
        )
    }

    /// Keeps the ids of an answer, for later questions.
    fn remember(&mut self, value: &Value) {
        match value {
            Value::String(text)
                if text.starts_with("gid://")
                    && self.ids.len() < 1_500
                    && !self.ids.contains(text) =>
            {
                self.ids.push(text.clone());
            }
            Value::Array(list) => list.iter().for_each(|one| self.remember(one)),
            Value::Object(fields) => fields.values().for_each(|one| self.remember(one)),
            _ => {}
        }
    }
}

/// A value for a variable of the type, which fits it most of the time.
fn value(random: &mut Random, schema: &Schema, kind: &Type, ids: &[String], depth: u32) -> Value {
    if !kind.is_non_null() && random.below(3 + u64::from(depth)) > 2 {
        return Value::Null;
    }
    if kind.is_list() {
        let count = random.below(4);
        return (0..count)
            .map(|_| value(random, schema, kind.item_type(), ids, depth + 1))
            .collect();
    }
    let name = kind.inner_named_type();
    match schema.types.get(name) {
        Some(ExtendedType::Enum(kind)) => {
            let values: Vec<_> = kind.values.keys().collect();
            json!(random.pick(&values).as_str())
        }
        Some(ExtendedType::InputObject(kind)) => {
            let mut object = Map::new();
            for (name, field) in &kind.fields {
                if field.ty.is_non_null() || random.below(2 + u64::from(depth)) == 0 {
                    let inner = value(random, schema, &field.ty, ids, depth + 1);
                    object.insert(name.to_string(), inner);
                }
            }
            Value::Object(object)
        }
        _ => scalar(random, name.as_str(), ids),
    }
}

fn scalar(random: &mut Random, kind: &str, ids: &[String]) -> Value {
    match kind {
        "Int" => json!(random.below(12).cast_signed() - 2),
        "Float" => json!(0.5),
        "Boolean" => json!(random.below(2) == 0),
        "ID" if random.below(10) > 0 && !ids.is_empty() => json!(random.pick(ids)),
        "ID" => json!("gid://shopify/Product/1"),
        "Money" | "Decimal" => {
            json!(*random.pick(&["1.5", "0", "-1", "1e9", "99999999999999999999"]))
        }
        "UnsignedInt64" => json!("1"),
        _ => {
            let texts = [
                "",
                "Size",
                "S",
                "L",
                "Title",
                "a mug",
                "status:active",
                "available",
                "correction",
                "k1",
                "id",
            ];
            json!(*random.pick(&texts))
        }
    }
}

fn schema() -> Valid<Schema> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/shopify/schema/admin-2026-10.graphql"
    );
    Schema::parse_and_validate(std::fs::read_to_string(path).unwrap(), path).unwrap()
}

/// The checked operations that the practice shop knows.
fn operations(schema: &Valid<Schema>) -> Vec<(String, Valid<ExecutableDocument>)> {
    let known = names()
        .into_iter()
        .filter(|name| !NOT_YET.contains(&name.as_str()) && !name.starts_with("bulk"));
    known
        .map(|name| {
            let query = operation_named(&name);
            let document =
                ExecutableDocument::parse_and_validate(schema, &query, OPERATIONS).unwrap();
            (query, document)
        })
        .collect()
}

/// Everything in the shop at once: an answer without errors says that it fits together.
const ALL: &str = "{ products(first: 250) { edges { node { id title options { name optionValues { id hasVariants } }
    variants(first: 30) { nodes { id title position selectedOptions { value optionValue { id } }
        product { id } inventoryItem { id } media(first: 2) { nodes { id } } } }
    media(first: 5) { nodes { id status } } } } } }";

/// The first orders, with what was sent of it and what is to be.
const ORDERS: &str = "{ orders(first: 50) { edges { node { id name displayFinancialStatus displayFulfillmentStatus
    totalPriceSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } }
    lineItems(first: 60) { nodes { id quantity currentQuantity unfulfilledQuantity } }
    fulfillments { id status fulfillmentLineItems(first: 60) { nodes { quantity lineItem { id } } } }
    refunds { id refundLineItems(first: 60) { nodes { quantity lineItem { id } } } }
    fulfillmentOrders(first: 10) { nodes { id status fulfillmentHolds { id }
        lineItems(first: 60) { nodes { totalQuantity remainingQuantity lineItem { id } } } } } } } } }";

/// No more is sent, refunded or waiting than was ordered, and only what is held has holds.
fn orders_fit(all: &Value) {
    let list = |value: &Value| value.as_array().unwrap().clone();
    let units = |value: &Value, field: &str| value[field].as_i64().unwrap();
    for edge in list(&all["data"]["orders"]["edges"]) {
        let order = &edge["node"];
        for part in list(&order["fulfillmentOrders"]["nodes"]) {
            let held = part["status"] == "ON_HOLD";
            assert_eq!(held, !list(&part["fulfillmentHolds"]).is_empty(), "{part}");
            for line in list(&part["lineItems"]["nodes"]) {
                let (total, rest) = (
                    units(&line, "totalQuantity"),
                    units(&line, "remainingQuantity"),
                );
                assert!((0..=total).contains(&rest), "{part}");
                assert!(part["status"] != "CLOSED" || rest == 0, "{part}");
            }
        }
        for line in list(&order["lineItems"]["nodes"]) {
            let mine = |it: &Value| it["lineItem"]["id"] == line["id"];
            let sum = |things: &Value, inner: &str, good: fn(&Value) -> bool| -> i64 {
                let things = list(things).into_iter().filter(good);
                let rows = things.flat_map(|one| list(&one[inner]["nodes"]));
                rows.filter(mine).map(|row| units(&row, "quantity")).sum()
            };
            let sent = sum(&order["fulfillments"], "fulfillmentLineItems", |one| {
                one["status"] == "SUCCESS"
            });
            let refunded = sum(&order["refunds"], "refundLineItems", |_| true);
            let ordered = units(&line, "quantity");
            assert!(
                sent + units(&line, "unfulfilledQuantity") <= ordered,
                "{order}"
            );
            assert!(
                refunded <= ordered - units(&line, "currentQuantity"),
                "{order}"
            );
        }
    }
}

fn story(seed: u64) {
    let schema = schema();
    let operations = operations(&schema);
    let mut random = Random::new(seed);
    let mut asked = Asked::open();
    // The ids of what is seen are used later on.
    for everything in [ALL, ORDERS] {
        let (_, all) = asked.run(everything, &json!({}));
        assert_eq!(all["errors"], Value::Null);
    }
    for _ in 0..60 {
        let (query, document) = random.pick(&operations);
        let mut variables = Map::new();
        for variable in &document.operations.get(None).unwrap().variables {
            let ids = asked.ids.clone();
            let made = value(&mut random, &schema, &variable.ty, &ids, 0);
            if !made.is_null() {
                variables.insert(variable.name.to_string(), made);
            }
        }
        let variables = Value::Object(variables);
        let (status, body) = asked.run(query, &variables);
        let is_gap = body["errors"].to_string().contains("how to answer this");
        assert!(
            !is_gap && [200, 501].contains(&status),
            "{query}\n{variables}\n{body}"
        );
    }
    let (status, orders) = asked.run(ORDERS, &json!({}));
    assert_eq!((status, &orders["errors"]), (200, &Value::Null));
    orders_fit(&orders);
    let (status, all) = asked.run(ALL, &json!({}));
    assert_eq!((status, &all["errors"]), (200, &Value::Null));
    for edge in all["data"]["products"]["edges"].as_array().unwrap() {
        let options = edge["node"]["options"].as_array().unwrap();
        assert!((1..=3).contains(&options.len()), "{edge}");
        let mut seen = Vec::new();
        for variant in edge["node"]["variants"]["nodes"].as_array().unwrap() {
            let chosen = &variant["selectedOptions"];
            assert_eq!(chosen.as_array().unwrap().len(), options.len(), "{edge}");
            assert!(
                chosen
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|one| one["value"] != ""),
                "{edge}"
            );
            assert!(
                !seen.contains(&chosen),
                "a combination stands twice: {edge}"
            );
            seen.push(chosen);
        }
        assert!(!seen.is_empty(), "a product without variants: {edge}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_operation_is_answered_and_the_shop_stays_whole(seed in any::<u64>()) {
        story(seed);
    }

    #[test]
    fn any_bytes_are_an_error_in_json(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let (status, answer) = Asked::open().ask(body);
        prop_assert_eq!(status, 400);
        prop_assert!(answer["errors"].is_object());
    }

    #[test]
    fn any_query_is_answered(query in "[{}()\\[\\]:!$@\" a-z\n]{0,60}") {
        let (status, _) = Asked::open().run(&query, &json!({"a": 1}));
        prop_assert_eq!(status, 200);
    }

    #[test]
    fn any_search_is_answered(search in "[-a-z:'\"><=*(), \\\\]{0,40}") {
        let query = operation_named("products_count");
        let (status, _) = Asked::open().run(&query, &json!({"query": search}));
        prop_assert_eq!(status, 200);
    }
}
