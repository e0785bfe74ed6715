//! Variants: finding them by SKU, and changing several at a time.

use serde_json::{Value, json};

use super::{Practice, codes};

#[tokio::test]
async fn a_search_by_sku_is_wider_than_the_sku() {
    let practice = Practice::open(10);
    for sku in ["ABC-1", "abc-1", "ABC-1-XL", "ABC-10", "XABC-1"] {
        practice.mug(sku).await;
    }
    let find = async |query: &str| {
        let data = practice
            .data("variants_by_sku", json!({"query": query}))
            .await;
        let nodes = data["productVariants"]["nodes"].as_array().unwrap().clone();
        nodes
            .into_iter()
            .map(|one| one["sku"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(find("sku:'ABC-1'").await, ["ABC-1", "abc-1", "ABC-1-XL"]);
    assert_eq!(
        find("sku:ABC-1*").await,
        ["ABC-1", "abc-1", "ABC-1-XL", "ABC-10"]
    );
    assert_eq!(find("sku:'NOTHING'").await, Vec::<String>::new());
}

#[tokio::test]
async fn twins_are_counted_case_by_case() {
    let practice = Practice::open(10);
    for sku in ["TWIN", "TWIN", "twin"] {
        practice.mug(sku).await;
    }
    let data = practice
        .data("variants_by_sku", json!({"query": "sku:TWIN"}))
        .await;
    let nodes = data["productVariants"]["nodes"].as_array().unwrap();
    let counts: Vec<&Value> = nodes
        .iter()
        .map(|one| &one["inventoryItem"]["duplicateSkuCount"])
        .collect();
    assert_eq!(counts, [1, 1, 0]);
}

#[tokio::test]
async fn variants_of_some_products_are_paged() {
    let practice = Practice::open(65);
    let giant = "{ products(first: 250) { edges { node { id legacyResourceId variantsCount { count } } } } }";
    let answer = practice.ask(giant, json!({})).await;
    let edges = answer["data"]["products"]["edges"].as_array().unwrap();
    let giant = edges
        .iter()
        .find(|one| one["node"]["variantsCount"]["count"] == 2_048)
        .unwrap();
    let query = format!(
        "product_id:{}",
        giant["node"]["legacyResourceId"].as_str().unwrap()
    );
    let mut after = Value::Null;
    let mut count = 0;
    loop {
        practice.wait(10_000);
        let variables = json!({"first": 250, "after": after, "query": query});
        let data = practice.data("variants_page", variables).await;
        count += data["productVariants"]["nodes"].as_array().unwrap().len();
        after = data["productVariants"]["pageInfo"]["endCursor"].clone();
        if data["productVariants"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(count, 2_048);
    let variables = json!({"id": giant["node"]["id"], "variantsFirst": 250});
    let data = practice.data("product_by_id", variables).await;
    assert_eq!(data["product"]["variants"]["nodes"][249]["position"], 250);
}

#[tokio::test]
async fn prices_change_all_or_none() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let added = json!([
        {"optionValues": [{"optionName": "Colour", "name": "Blue"}], "price": "5", "inventoryItem": {"sku": "MUG-B"}},
    ]);
    let variables = json!({"productId": mug.product, "variants": added});
    let made = practice
        .done("variants_bulk_create", variables.clone())
        .await;
    let blue = &made["productVariants"][0]["id"];
    let errors = practice.refused("variants_bulk_create", variables).await;
    assert_eq!(codes(&errors), ["VARIANT_ALREADY_EXISTS"]);

    let change = json!([{"id": mug.variant, "price": "7.00"}, {"id": blue, "price": "-1"}]);
    let variables = json!({"productId": mug.product, "variants": change});
    let errors = practice
        .refused("variants_bulk_update", variables.clone())
        .await;
    assert_eq!(
        errors[0],
        json!({
            "code": "GREATER_THAN_OR_EQUAL_TO",
            "field": ["variants", "1", "price"],
            "message": "Price must be greater than or equal to 0",
        })
    );
    let prices = async || {
        let data = practice
            .data("product_by_id", json!({"id": mug.product}))
            .await;
        let nodes = data["product"]["variants"]["nodes"]
            .as_array()
            .unwrap()
            .clone();
        nodes
            .into_iter()
            .map(|one| one["price"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(prices().await, ["9.90", "5.00"]);
    let mut partly = variables;
    partly["allowPartialUpdates"] = json!(true);
    practice.refused("variants_bulk_update", partly).await;
    assert_eq!(prices().await, ["7.00", "5.00"]);
    let cost = json!([{"id": blue, "inventoryItem": {"cost": 2.5}, "compareAtPrice": null}]);
    let variables = json!({"productId": mug.product, "variants": cost});
    let changed = practice.done("variants_bulk_update", variables).await;
    assert_eq!(
        changed["productVariants"][0]["inventoryItem"]["unitCost"]["amount"],
        "2.5"
    );
    let stock = json!([{"id": blue, "inventoryQuantities": []}]);
    let variables = json!({"productId": mug.product, "variants": stock});
    let errors = practice.refused("variants_bulk_update", variables).await;
    assert_eq!(
        codes(&errors),
        ["NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE"]
    );
}

#[tokio::test]
async fn the_variant_of_a_product_without_options_makes_room() {
    let practice = Practice::open(10);
    let made = practice
        .done("product_create", json!({"product": {"title": "Mug"}}))
        .await;
    let id = &made["product"]["id"];
    let value = json!([{"optionName": "Title", "name": "Large"}]);
    let variables = json!({"productId": id, "variants": [{"optionValues": value}]});
    practice.done("variants_bulk_create", variables).await;
    let data = practice.data("product_by_id", json!({"id": id})).await;
    let nodes = data["product"]["variants"]["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 1);
    assert_eq!(nodes[0]["title"], "Large");
    assert_eq!(
        data["product"]["options"][0]["optionValues"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn variants_move_and_go_but_never_the_last() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let added = ["Blue", "Green"]
        .map(|name| json!({"optionValues": [{"optionName": "Colour", "name": name}]}));
    let made = practice
        .done(
            "variants_bulk_create",
            json!({"productId": mug.product, "variants": added}),
        )
        .await;
    let green = &made["productVariants"][1]["id"];
    let positions = json!([{"id": green, "position": 1}]);
    practice
        .done(
            "variants_bulk_reorder",
            json!({"productId": mug.product, "positions": positions}),
        )
        .await;
    let data = practice
        .data("product_by_id", json!({"id": mug.product}))
        .await;
    let nodes = data["product"]["variants"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    let titles: Vec<&Value> = nodes.iter().map(|one| &one["title"]).collect();
    assert_eq!(titles, ["Green", "Red", "Blue"]);
    let ids: Vec<&Value> = nodes.iter().map(|one| &one["id"]).collect();
    let all = json!({"productId": mug.product, "variantsIds": ids});
    assert_eq!(
        codes(&practice.refused("variants_bulk_delete", all).await),
        ["CANNOT_DELETE_LAST_VARIANT"]
    );
    let two = json!({"productId": mug.product, "variantsIds": ids[..2]});
    practice.done("variants_bulk_delete", two.clone()).await;
    let errors = practice.refused("variants_bulk_delete", two).await;
    assert_eq!(
        codes(&errors),
        ["AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT"]
    );
}
