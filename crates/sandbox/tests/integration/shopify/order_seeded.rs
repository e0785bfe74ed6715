//! The orders that a shop has when it opens: as odd as real ones, and always the same.

use std::collections::HashSet;

use sandbox::shopify::ShopifyOptions;
use sandbox::{Catalogue, Moment};
use serde_json::{Value, json};

use super::{Practice, hundredths};

fn has(orders: &[Value], what: &str, fits: impl Fn(&Value) -> bool) {
    assert!(orders.iter().any(fits), "no order with {what}");
}

fn lines(order: &Value) -> &Vec<Value> {
    order["lineItems"]["nodes"].as_array().unwrap()
}

#[tokio::test]
async fn the_same_seed_has_the_same_orders() {
    let one = Practice::with_orders(60).orders("").await;
    let two = Practice::with_orders(60).orders("").await;
    assert_eq!(one.len(), 60);
    assert_eq!(one, two);
    let mut options = ShopifyOptions::new(Catalogue::new(8, 60));
    options.orders = 60;
    let other = Practice::with(options).orders("").await;
    assert_ne!(one, other);
}

#[tokio::test]
async fn everything_odd_is_there() {
    let orders = Practice::with_orders(96).orders("").await;
    has(&orders, "a guest", |one| {
        one["customer"].is_null() && !one["email"].is_null()
    });
    has(&orders, "no e-mail", |one| {
        one["email"].is_null() && !one["phone"].is_null()
    });
    has(&orders, "no shipping address", |one| {
        one["shippingAddress"].is_null()
    });
    has(&orders, "no zip", |one| {
        one["shippingAddress"].is_object() && one["shippingAddress"]["zip"].is_null()
    });
    for currency in ["USD", "GBP", "JPY"] {
        has(&orders, currency, |one| {
            one["presentmentCurrencyCode"] == currency && one["currencyCode"] == "EUR"
        });
    }
    has(&orders, "tax on top", |one| one["taxesIncluded"] == false);
    has(&orders, "two taxes", |one| {
        lines(one)
            .iter()
            .any(|line| line["taxLines"].as_array().unwrap().len() == 2)
    });
    has(&orders, "a line that is reduced", |one| {
        lines(one)
            .iter()
            .any(|line| line["totalDiscountSet"]["shopMoney"]["amount"] != "0.0")
    });
    has(&orders, "a code", |one| {
        one["discountCodes"] == json!(["WELCOME10"])
    });
    has(&orders, "a product that is gone", |one| {
        lines(one)
            .iter()
            .any(|line| line["variant"].is_null() && line["sku"] == "OLD-POT-1")
    });
    has(&orders, "something that is no product", |one| {
        lines(one)
            .iter()
            .any(|line| line["variant"].is_null() && line["sku"].is_null())
    });
    has(&orders, "a gift card", |one| {
        one["requiresShipping"] == false && lines(one).iter().any(|line| line["isGiftCard"] == true)
    });
    has(&orders, "a unit taken out", |one| {
        one["edited"] == true
            && lines(one)
                .iter()
                .any(|line| line["currentQuantity"] != line["quantity"])
    });
    words(&orders);
    states(&orders);
}

fn words(orders: &[Value]) {
    has(orders, "emoji", |one| {
        one["note"].as_str().is_some_and(|note| note.contains('🎁'))
    });
    has(orders, "tags", |one| {
        one["tags"].as_array().unwrap().len() == 3
    });
    has(orders, "a test", |one| one["test"] == true);
    has(orders, "a number of the customer's", |one| {
        !one["poNumber"].is_null()
    });
    has(orders, "more lines than a page", |one| {
        one["lineItems"]["pageInfo"]["hasNextPage"] == true
    });
    has(orders, "nothing to pay", |one| {
        one["totalPriceSet"]["shopMoney"]["amount"] == "0.0"
    });
}

fn states(orders: &[Value]) {
    let seen = |field: &str| -> HashSet<String> {
        orders
            .iter()
            .map(|one| one[field].as_str().unwrap_or("null").to_owned())
            .collect()
    };
    let paid = seen("displayFinancialStatus");
    for status in [
        "PAID",
        "PENDING",
        "AUTHORIZED",
        "EXPIRED",
        "VOIDED",
        "REFUNDED",
        "PARTIALLY_REFUNDED",
        "PARTIALLY_PAID",
        "null",
    ] {
        assert!(paid.contains(status), "no order is {status}: {paid:?}");
    }
    let sent = seen("displayFulfillmentStatus");
    for status in [
        "FULFILLED",
        "PARTIALLY_FULFILLED",
        "UNFULFILLED",
        "ON_HOLD",
        "SCHEDULED",
    ] {
        assert!(sent.contains(status), "no order is {status}: {sent:?}");
    }
    has(orders, "a cancellation", |one| {
        one["cancelReason"] == "CUSTOMER"
            && one["currentTotalPriceSet"]["shopMoney"]["amount"] == "0.0"
    });
    let numbers: Vec<i64> = orders
        .iter()
        .map(|one| one["number"].as_i64().unwrap())
        .collect();
    let (first, last) = (numbers.iter().min().unwrap(), numbers.iter().max().unwrap());
    assert_eq!(last - first + 1 - 96, 5, "numbers are missing in between");
    for one in orders {
        assert_eq!(one["name"], format!("#{}", one["number"]));
        assert!(one["updatedAt"].as_str().unwrap() < "2026-11-01T00:00:00Z");
        assert!(one["createdAt"].as_str() <= one["updatedAt"].as_str());
    }
}

#[tokio::test]
async fn what_the_customer_saw_adds_up() {
    let practice = Practice::with_orders(288);
    let mut off = 0;
    for order in practice.orders("").await {
        let sum = |field: &str, money: &str| hundredths(&order[field][money]["amount"]);
        let on_top = |money: &str| {
            if order["taxesIncluded"] == true {
                0
            } else {
                sum("totalTaxSet", money)
            }
        };
        let whole = |money: &str| {
            sum("subtotalPriceSet", money) + sum("totalShippingPriceSet", money) + on_top(money)
        };
        assert_eq!(
            whole("presentmentMoney"),
            sum("totalPriceSet", "presentmentMoney"),
            "{order}"
        );
        let difference = (whole("shopMoney") - sum("totalPriceSet", "shopMoney")).abs();
        assert!(difference <= 2, "{order}");
        off += i64::from(difference > 0);
        if order["presentmentCurrencyCode"] == "JPY" {
            let amount = order["totalPriceSet"]["presentmentMoney"]["amount"]
                .as_str()
                .unwrap();
            assert!(amount.ends_with(".0"), "{amount} yen");
        }
        if order["lineItems"]["pageInfo"]["hasNextPage"] == false {
            let units = lines(&order).iter().map(|line| {
                hundredths(
                    &line["discountedUnitPriceAfterAllDiscountsSet"]["presentmentMoney"]["amount"],
                ) * line["quantity"].as_i64().unwrap()
            });
            let off = (units.sum::<i64>() - sum("subtotalPriceSet", "presentmentMoney")).abs();
            assert!(off <= 10, "unit prices are rounded, no more: {order}");
        }
    }
    assert!(
        off > 0,
        "the shop's own sums are off by a cent now and then"
    );
}

#[tokio::test]
async fn where_things_are_sent_from() {
    let practice = Practice::with_orders(96);
    let (mut methods, mut apart) = (HashSet::new(), 0);
    for order in practice.orders("").await {
        let parts = practice.parts(order["id"].as_str().unwrap()).await;
        let places: HashSet<&str> = parts
            .iter()
            .map(|one| one["assignedLocation"]["name"].as_str().unwrap())
            .collect();
        apart += usize::from(places.len() > 1);
        for part in &parts {
            methods.insert(
                part["deliveryMethod"]["methodType"]
                    .as_str()
                    .unwrap()
                    .to_owned(),
            );
            let held = part["status"] == "ON_HOLD";
            assert_eq!(
                held,
                !part["fulfillmentHolds"].as_array().unwrap().is_empty()
            );
            assert_eq!(
                part["destination"].is_null(),
                order["shippingAddress"].is_null()
            );
        }
    }
    assert!(apart > 0, "no order is sent from two places");
    for method in ["SHIPPING", "PICK_UP", "RETAIL", "NONE"] {
        assert!(methods.contains(method), "{methods:?}");
    }
}

#[tokio::test]
async fn old_orders_are_for_whom_they_were_granted() {
    let practice = Practice::with_orders(50);
    let all = practice.orders("").await;
    let limit = Moment::START.plus(-60 * 86_400_000).rfc3339();
    let old = |one: &&Value| one["createdAt"].as_str().unwrap() < limit.as_str();
    let hidden = all.iter().filter(old).count();
    assert!(hidden > 5 && hidden < 45, "{hidden}");
    practice
        .server
        .shop()
        .grant(&["read_orders", "read_customers"]);
    let seen = practice.orders("").await;
    assert_eq!(seen.len() + hidden, 50);
    assert!(!seen.iter().any(|one| old(&one)));
    let oldest = all.iter().find(old).unwrap();
    let answer = practice
        .data("order_by_id", json!({"id": oldest["id"]}))
        .await;
    assert_eq!(answer["order"], Value::Null);
    practice.server.shop().grant(&["read_orders"]);
    let variables = json!({"first": 5, "linesFirst": 1});
    let answer = practice.run("orders_page", variables).await;
    let denied = &answer["errors"][0];
    assert_eq!(denied["extensions"]["code"], "ACCESS_DENIED");
    assert_eq!(
        denied["path"],
        json!(["orders", "edges", 0, "node", "customer"])
    );
    let there = &answer["data"]["orders"]["edges"][0]["node"];
    assert!(
        there["customer"].is_null() && there["name"].is_string(),
        "the rest is told"
    );
    practice.server.shop().grant(&["write_products"]);
    let code = practice
        .error("orders_page", json!({"first": 5, "linesFirst": 1}))
        .await;
    assert_eq!(code, "ACCESS_DENIED");
}
