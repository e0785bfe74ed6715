//! `productSet`: lists that are given replace what is there.

use serde_json::{Value, json};

use super::{Practice, codes};

fn shirt(sizes: &[&str]) -> Value {
    let value = |size: &&str| json!({"name": size});
    let variant = |size: &&str| {
        json!({
            "optionValues": [{"optionName": "Size", "name": size}],
            "sku": format!("SHIRT-{size}"),
            "price": "19.5",
            "inventoryItem": {"tracked": true},
        })
    };
    json!({
        "title": "Shirt",
        "tags": ["cotton"],
        "productOptions": [{"name": "Size", "position": 1, "values": sizes.iter().map(value).collect::<Vec<_>>()}],
        "variants": sizes.iter().map(variant).collect::<Vec<_>>(),
    })
}

/// The input for the variants that are there, with their ids.
fn known(product: &Value) -> Vec<Value> {
    let variant = |one: &Value| {
        let options = one["selectedOptions"].as_array().unwrap().iter();
        let values: Vec<Value> = options
            .map(|it| json!({"optionName": it["name"], "name": it["value"]}))
            .collect();
        json!({"id": one["id"], "optionValues": values})
    };
    product["variants"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(variant)
        .collect()
}

#[tokio::test]
async fn lists_are_replaced_and_the_rest_stays() {
    let practice = Practice::open(10);
    let made = practice
        .done("product_set", json!({"input": shirt(&["S", "M", "L"])}))
        .await;
    let product = &made["product"];
    assert_eq!(product["variants"]["nodes"][0]["price"], "19.50");
    let mut variants = known(product);
    variants.remove(1);
    let input = json!({
        "productOptions": [{"name": "Size", "values": [{"name": "S"}, {"name": "L"}]}],
        "variants": variants,
    });
    let variables = json!({"identifier": {"id": product["id"]}, "input": input});
    let changed = practice.done("product_set", variables).await;
    let left = changed["product"]["variants"]["nodes"].as_array().unwrap();
    let skus: Vec<&Value> = left.iter().map(|one| &one["sku"]).collect();
    assert_eq!(skus, ["SHIRT-S", "SHIRT-L"]);
    assert_eq!(
        left[0]["id"], product["variants"]["nodes"][0]["id"],
        "an id is kept"
    );
    let before = &product["options"][0]["optionValues"][0]["id"];
    assert_eq!(
        &changed["product"]["options"][0]["optionValues"][0]["id"],
        before
    );
    let read = practice
        .data("product_by_id", json!({"id": product["id"]}))
        .await;
    assert_eq!(
        read["product"]["tags"],
        json!(["cotton"]),
        "what is not said stays"
    );
    assert_eq!(read["product"]["variants"]["nodes"][0]["price"], "19.50");
}

#[tokio::test]
async fn a_variant_without_its_id_is_a_new_one() {
    let practice = Practice::open(10);
    let made = practice
        .done("product_set", json!({"input": shirt(&["S"])}))
        .await;
    let id = &made["product"]["id"];
    let variables = json!({"identifier": {"id": id}, "input": shirt(&["S"])});
    let again = practice.done("product_set", variables).await;
    let first = |payload: &Value| payload["product"]["variants"]["nodes"][0]["id"].clone();
    assert_ne!(first(&made), first(&again));
    let ids = json!({"ids": [first(&made)]});
    assert_eq!(
        practice.data("nodes_exist", ids).await["nodes"],
        json!([null])
    );
}

#[tokio::test]
async fn options_and_variants_go_together() {
    let practice = Practice::open(10);
    let made = practice
        .done("product_set", json!({"input": shirt(&["S"])}))
        .await;
    let identifier = json!({"id": made["product"]["id"]});
    let whole = shirt(&["S", "M"]);
    let half = json!({"identifier": identifier, "input": {"variants": whole["variants"]}});
    let errors = practice.refused("product_set", half).await;
    assert_eq!(codes(&errors), ["PRODUCT_OPTIONS_INPUT_MISSING"]);
    let half =
        json!({"identifier": identifier, "input": {"productOptions": whole["productOptions"]}});
    let errors = practice.refused("product_set", half).await;
    assert_eq!(
        errors[0]["message"],
        "Variants input is required when updating product options"
    );
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_changed() {
    let practice = Practice::open(10);
    let made = practice
        .done("product_set", json!({"input": shirt(&["S", "M"])}))
        .await;
    let identifier = json!({"id": made["product"]["id"]});
    let mut input = shirt(&["S", "M"]);
    input["variants"][0]["inventoryItem"]["cost"] = json!("-1");
    let set = json!({"identifier": identifier, "input": input});
    let errors = practice.refused("product_set", set).await;
    assert_eq!(
        errors[0],
        json!({
            "code": "INVALID_VARIANT",
            "field": ["input", "variants", "0", "inventoryItem", "cost"],
            "message": "Cost per item must be greater than or equal to 0",
        })
    );
    let mut input = shirt(&["S", "M"]);
    input["variants"][1]["optionValues"][0]["name"] = json!("S");
    let errors = practice
        .refused(
            "product_set",
            json!({"identifier": identifier, "input": input}),
        )
        .await;
    assert_eq!(errors[0]["field"], json!(["input", "variants", "1"]));
    let message = "The variant 'S' already exists. Please change at least one option value.";
    assert_eq!(errors[0]["message"], message);
    let mut input = shirt(&["S", "M"]);
    input["variants"][1]["id"] = json!("gid://shopify/ProductVariant/5");
    let errors = practice
        .refused("product_set", json!({"input": input}))
        .await;
    assert_eq!(codes(&errors), ["PRODUCT_VARIANT_DOES_NOT_EXIST"]);
    let gone = json!({"identifier": {"id": "gid://shopify/Product/1"}, "input": {"title": "Mug"}});
    assert_eq!(
        codes(&practice.refused("product_set", gone).await),
        ["PRODUCT_DOES_NOT_EXIST"]
    );
    let both = json!({"identifier": identifier, "input": {"id": made["product"]["id"]}});
    assert_eq!(
        codes(&practice.refused("product_set", both).await),
        ["ID_NOT_ALLOWED"]
    );
    practice
        .refused("product_set", json!({"input": {"vendor": "Nobody"}}))
        .await;
    let read = practice
        .data("product_by_id", json!({"id": made["product"]["id"]}))
        .await;
    assert_eq!(
        read["product"]["variants"]["nodes"][0]["id"],
        made["product"]["variants"]["nodes"][0]["id"]
    );
    assert_eq!(read["product"]["updatedAt"], made["product"]["updatedAt"]);
}

#[tokio::test]
async fn a_handle_finds_its_product_or_makes_it() {
    let practice = Practice::open(10);
    let variables = json!({"identifier": {"handle": "our-own-7"}, "input": {"title": "Kettle"}});
    let made = practice.done("product_set", variables.clone()).await;
    assert_eq!(made["product"]["handle"], "our-own-7");
    let again = practice.done("product_set", variables).await;
    assert_eq!(made["product"]["id"], again["product"]["id"]);
    let other = json!({"input": {"title": "Pot", "handle": "Our own 7"}});
    let errors = practice.refused("product_set", other).await;
    assert_eq!(errors[0]["field"], json!(["input", "handle"]));
}

#[tokio::test]
async fn a_custom_id_finds_its_product_or_makes_it() {
    let practice = Practice::open(10);
    let custom = json!({"customId": {"namespace": "$app", "key": "our_id", "value": "0193"}});
    let variables = json!({"identifier": custom, "input": {"title": "Kettle"}});
    let errors = practice.refused("product_set", variables.clone()).await;
    assert_eq!(codes(&errors), ["NOT_FOUND"]);
    let definition = json!({
        "name": "Our id", "namespace": "$app", "key": "our_id", "type": "id", "ownerType": "PRODUCT",
        "capabilities": {"uniqueValues": {"enabled": true}},
    });
    practice
        .done(
            "metafield_definition_create",
            json!({"definition": definition}),
        )
        .await;
    let made = practice.done("product_set", variables.clone()).await;
    let again = practice.done("product_set", variables).await;
    assert_eq!(made["product"]["id"], again["product"]["id"]);
    let read = practice
        .data("product_by_id", json!({"id": made["product"]["id"]}))
        .await;
    assert_eq!(read["product"]["metafields"]["nodes"][0]["value"], "0193");
}

#[tokio::test]
async fn stock_is_given_with_new_variants() {
    let practice = Practice::open(10);
    let locations = practice.locations().await;
    let mut input = shirt(&["S"]);
    input["variants"][0]["inventoryQuantities"] =
        json!([{"locationId": locations[1], "name": "on_hand", "quantity": 12}]);
    let made = practice.done("product_set", json!({"input": input})).await;
    let item = &made["product"]["variants"]["nodes"][0]["inventoryItem"]["id"];
    let data = practice
        .data("inventory_levels_for_item", json!({"id": item}))
        .await;
    let levels = data["inventoryItem"]["inventoryLevels"]["nodes"]
        .as_array()
        .unwrap();
    let there = levels
        .iter()
        .find(|one| one["location"]["id"] == locations[1])
        .unwrap();
    assert_eq!(
        there["quantities"][0],
        json!({"name": "available", "quantity": 12, "updatedAt": there["updatedAt"]})
    );
    assert!(
        there["id"]
            .as_str()
            .unwrap()
            .contains("?inventory_item_id=")
    );
}

#[tokio::test]
async fn in_the_background_it_takes_a_while() {
    let practice = Practice::open(10);
    let variables = json!({"input": {"title": "Slow mug"}, "synchronous": false});
    let made = practice.done("product_set", variables).await;
    assert_eq!(made["product"], Value::Null);
    let id = &made["productSetOperation"]["id"];
    let status = async || {
        practice.data("product_operation", json!({"id": id})).await["productOperation"].clone()
    };
    assert_eq!(status().await["product"], Value::Null);
    practice.wait(2_000);
    let done = status().await;
    assert_eq!(
        (&done["status"], &done["userErrors"]),
        (&json!("COMPLETE"), &json!([]))
    );
    assert!(done["product"]["id"].is_string());
}

#[tokio::test]
async fn two_thousand_and_forty_eight_variants_fit_and_one_more_does_not() {
    let practice = Practice::open(10);
    let names: Vec<String> = (0..2_049).map(|nth| format!("N{nth}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut input = shirt(&names);
    let rows = input["productOptions"][0]["values"]
        .as_array()
        .unwrap()
        .clone();
    // One option has not so many values: two share them.
    let first: Vec<Value> = rows[..64].to_vec();
    let option = |name: &str, values: &[Value]| json!({"name": name, "values": values});
    input["productOptions"] = json!([option("A", &first), option("B", &rows[..33])]);
    let variants = input["variants"].as_array_mut().unwrap();
    for (nth, variant) in variants.iter_mut().enumerate() {
        variant["optionValues"] = json!([
            {"optionName": "A", "name": rows[nth % 64]["name"]},
            {"optionName": "B", "name": rows[nth / 64]["name"]},
        ]);
    }
    let errors = practice
        .refused("product_set", json!({"input": input}))
        .await;
    assert_eq!(codes(&errors), ["VARIANTS_OVER_LIMIT"]);
    practice.wait(60_000);
    input["variants"].as_array_mut().unwrap().pop();
    let made = practice.done("product_set", json!({"input": input})).await;
    assert_eq!(made["product"]["variants"]["pageInfo"]["hasNextPage"], true);
}
