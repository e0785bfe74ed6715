//! What an operation costs: before by what it asks for, after by what it got.
//!
//! The rule was fitted to recorded answers: an object costs 1, a connection 2 and its node as often
//! as twice the logarithm of the page size says, a mutation 10, and what lies right in a mutation's
//! payload nothing.

use apollo_compiler::ast;
use apollo_compiler::executable::{Field, Selection, SelectionSet};
use apollo_compiler::response::JsonMap;
use serde_json::Value;

use super::prepare::Prepared;

/// Values that cost nothing themselves.
const FREE: [&str; 9] = [
    "Count",
    "InventoryItemMeasurement",
    "LocationAddress",
    "MoneyBag",
    "MoneyV2",
    "PageInfo",
    "ShopResourceLimits",
    "Weight",
    "UserError",
];

/// What the whole operation costs at most.
pub(crate) fn requested(prepared: &Prepared) -> f64 {
    Walk {
        prepared,
        result: None,
    }
    .whole()
}

/// What the operation cost with what came out of it.
pub(crate) fn actual(prepared: &Prepared, data: &Value) -> f64 {
    Walk {
        prepared,
        result: Some(data),
    }
    .whole()
}

struct Walk<'a> {
    prepared: &'a Prepared,
    result: Option<&'a Value>,
}

impl Walk<'_> {
    fn whole(&self) -> f64 {
        let operation = &self.prepared.operation;
        let mut sum = 0.0;
        self.each(&operation.selection_set, &mut |field| {
            let result = self.result.map(|data| &data[field.response_key().as_str()]);
            sum += if operation.is_mutation() {
                self.mutation(field, result)
            } else {
                self.root(field, result)
            };
        });
        sum.ceil().max(1.0)
    }

    fn root(&self, field: &Field, result: Option<&Value>) -> f64 {
        if field.name.ends_with("Count") {
            return 10.0;
        }
        if field.name == "nodes" {
            // Ids are looked up for the price of one.
            let first = result.map(|nodes| nodes.get(0).unwrap_or(&Value::Null));
            return 1.0 + self.below(&field.selection_set, first);
        }
        self.field(field, result)
    }

    fn mutation(&self, field: &Field, result: Option<&Value>) -> f64 {
        let base = if field.name == "fileCreate" {
            20.0
        } else {
            10.0
        };
        let mut sum = base + self.input(field);
        if result.is_some_and(Value::is_null) {
            return sum;
        }
        self.each(&field.selection_set, &mut |inner| {
            let inner_result = result.map(|payload| &payload[inner.response_key().as_str()]);
            if !inner_result.is_some_and(Value::is_null) {
                sum += self.below(&inner.selection_set, first_of(inner_result));
            }
        });
        sum
    }

    /// What the input of `productSet` costs beside.
    fn input(&self, field: &Field) -> f64 {
        if field.name != "productSet" {
            return 0.0;
        }
        let input = field.argument_by_name("input").ok();
        let Some(input) = input.and_then(|value| value_of(value, &self.prepared.variables)) else {
            return 0.0;
        };
        let count = |list: &Value| list.as_array().map_or(0.0, |list| length(list.len()));
        let variants = &input["variants"];
        let files = variants.as_array().into_iter().flatten();
        let files = files.filter(|variant| !variant["file"].is_null()).count();
        0.2 * count(variants)
            + 1.9 * count(&input["files"])
            + 0.4 * count(&input["metafields"])
            + 0.6 * length(files)
    }

    fn field(&self, field: &Field, result: Option<&Value>) -> f64 {
        let kind = field.ty().inner_named_type().as_str();
        let is_leaf = field.selection_set.selections.is_empty();
        if is_leaf || result.is_some_and(Value::is_null) || kind.ends_with("UserError") {
            return 0.0;
        }
        if kind.ends_with("Connection") {
            return self.connection(field, result);
        }
        let own = if FREE.contains(&kind) { 0.0 } else { 1.0 };
        if let Some(Value::Array(list)) = result {
            let most = |most: f64, one| most.max(self.below(&field.selection_set, Some(one)));
            return own + list.iter().fold(0.0, most);
        }
        own + self.below(&field.selection_set, result)
    }

    fn connection(&self, field: &Field, result: Option<&Value>) -> f64 {
        let mut node: f64 = 0.0;
        let mut count = self.page_size(field);
        self.each(&field.selection_set, &mut |inner| {
            let list = result.map(|page| &page[inner.response_key().as_str()]);
            let through_edges = inner.name == "edges";
            if inner.name != "nodes" && !through_edges {
                return;
            }
            if let Some(Value::Array(list)) = list {
                count = count.min(length(list.len()));
                for one in list {
                    node = node.max(self.node(inner, Some(one), through_edges));
                }
            } else if list.is_none() {
                node = node.max(self.node(inner, None, through_edges));
            }
        });
        if count < 1.0 {
            return 2.0;
        }
        2.0 + (2.0 * count.ln()).floor().max(1.0) * node
    }

    fn node(&self, list: &Field, result: Option<&Value>, through_edges: bool) -> f64 {
        if !through_edges {
            return 1.0 + self.below(&list.selection_set, result);
        }
        let mut cost = 0.0;
        self.each(&list.selection_set, &mut |inner| {
            if inner.name == "node" {
                let node = result.map(|edge| &edge[inner.response_key().as_str()]);
                cost += 1.0 + self.below(&inner.selection_set, node);
            }
        });
        cost
    }

    fn page_size(&self, field: &Field) -> f64 {
        let size = ["first", "last"].iter().find_map(|name| {
            let value = field.argument_by_name(name).ok()?;
            value_of(value, &self.prepared.variables)?.as_f64()
        });
        size.unwrap_or(1.0)
    }

    fn below(&self, set: &SelectionSet, result: Option<&Value>) -> f64 {
        let mut sum = 0.0;
        self.each(set, &mut |field| {
            let inner = result.map(|object| &object[field.response_key().as_str()]);
            sum += self.field(field, inner);
        });
        sum
    }

    /// Each field of the selection, those of fragments too. With a result, fields that are not in it
    /// do not count, since the fragment was of another type.
    fn each(&self, set: &SelectionSet, with: &mut dyn FnMut(&Field)) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => with(field),
                Selection::InlineFragment(inline) => self.each(&inline.selection_set, with),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = spread.fragment_def(&self.prepared.document) {
                        self.each(&fragment.selection_set, with);
                    }
                }
            }
        }
    }
}

fn first_of(result: Option<&Value>) -> Option<&Value> {
    match result {
        Some(Value::Array(list)) => Some(list.first().unwrap_or(&Value::Null)),
        other => other,
    }
}

fn length(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// The value of an argument, with variables put in.
fn value_of(value: &ast::Value, variables: &JsonMap) -> Option<Value> {
    Some(match value {
        ast::Value::Variable(name) => serde_json::to_value(variables.get(name.as_str())?).ok()?,
        ast::Value::Int(number) => Value::from(number.try_to_f64().ok()?),
        ast::Value::List(list) => {
            let inner = |one: &apollo_compiler::Node<ast::Value>| {
                value_of(one, variables).unwrap_or_default()
            };
            Value::Array(list.iter().map(inner).collect())
        }
        ast::Value::Object(fields) => {
            let inner =
                |(name, one): &(apollo_compiler::Name, apollo_compiler::Node<ast::Value>)| {
                    (
                        name.to_string(),
                        value_of(one, variables).unwrap_or_default(),
                    )
                };
            Value::Object(fields.iter().map(inner).collect())
        }
        ast::Value::Null => return None,
        ast::Value::String(text) => Value::from(text.as_str()),
        ast::Value::Boolean(flag) => Value::from(*flag),
        ast::Value::Enum(name) => Value::from(name.as_str()),
        ast::Value::Float(number) => Value::from(number.try_to_f64().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::requested;
    use crate::shopify::engine::prepare;

    /// Operations with what the platform was seen to ask for them.
    fn recorded() -> Vec<(&'static str, Value, f64)> {
        vec![
            (
                "products_page",
                json!({"first": 50, "variantsFirst": 25, "mediaFirst": 5}),
                401.0,
            ),
            (
                "products_page",
                json!({"first": 100, "variantsFirst": 25, "mediaFirst": 5}),
                515.0,
            ),
            (
                "products_page",
                json!({"first": 250, "variantsFirst": 25, "mediaFirst": 5}),
                629.0,
            ),
            ("variants_page", json!({"first": 250}), 46.0),
            (
                "location_inventory_levels",
                json!({"first": 250, "id": "gid://shopify/Location/1"}),
                36.0,
            ),
            ("product_set", json!({"input": {}}), 41.0),
            ("products_count", json!({}), 10.0),
            ("orders_page", json!({"first": 50, "linesFirst": 20}), 275.0),
            (
                "orders_page",
                json!({"first": 250, "linesFirst": 20}),
                431.0,
            ),
            (
                "order_fulfillment_orders",
                json!({"id": "gid://shopify/Order/1", "first": 50, "linesFirst": 20}),
                136.0,
            ),
            (
                "fulfillment_create",
                json!({"fulfillment": {"lineItemsByFulfillmentOrder": []}}),
                27.0,
            ),
            (
                "refund_create",
                json!({"input": {"orderId": "gid://shopify/Order/1"}, "idempotencyKey": "k"}),
                10.0,
            ),
            ("nodes_exist", json!({"ids": ["a", "b"]}), 1.0),
        ]
    }

    #[test]
    fn what_was_recorded_is_what_is_asked() {
        for (file, variables, cost) in recorded() {
            let path = format!(
                "{}/tests/operations/shopify/{file}.graphql",
                env!("CARGO_MANIFEST_DIR")
            );
            let query = std::fs::read_to_string(path).unwrap();
            let variables: Map<_, _> = variables.as_object().unwrap().clone();
            let Ok(prepared) = prepare(&query, None, &variables) else {
                panic!("{file} is not valid");
            };
            assert!(
                (requested(&prepared) - cost).abs() < 0.01,
                "{file}: {}",
                requested(&prepared)
            );
        }
    }
}
