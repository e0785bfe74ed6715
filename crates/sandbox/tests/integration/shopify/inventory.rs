//! Stock: compared, once per key, told apart.

use sandbox::Edit;
use serde_json::{Value, json};

use super::{Mug, Practice, codes};

fn set(mug: &Mug, location: &str, quantity: i64, from: Value, key: &str) -> Value {
    let quantities = json!([{
        "inventoryItemId": mug.item, "locationId": location, "quantity": quantity, "changeFromQuantity": from,
    }]);
    let input = json!({"name": "on_hand", "reason": "correction", "quantities": quantities});
    json!({"input": input, "idempotencyKey": key})
}

fn adjust(mug: &Mug, location: &str, delta: i64, key: &str) -> Value {
    let changes = json!([{
        "inventoryItemId": mug.item, "locationId": location, "delta": delta, "changeFromQuantity": null,
    }]);
    let input = json!({"name": "available", "reason": "received", "changes": changes});
    json!({"input": input, "idempotencyKey": key})
}

async fn quantity(practice: &Practice, mug: &Mug, location: &str) -> i64 {
    let data = practice
        .data("inventory_levels_for_item", json!({"id": mug.item}))
        .await;
    let levels = data["inventoryItem"]["inventoryLevels"]["nodes"]
        .as_array()
        .unwrap();
    let level = levels
        .iter()
        .find(|one| one["location"]["id"] == location)
        .unwrap();
    level["quantities"][1]["quantity"].as_i64().unwrap()
}

#[tokio::test]
async fn stock_is_set_where_nobody_was_faster() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let shop = &practice.locations().await[0];
    let answer = practice
        .done(
            "inventory_set_quantities",
            set(&mug, shop, 5, json!(0), "k1"),
        )
        .await;
    let changes = answer["inventoryAdjustmentGroup"]["changes"]
        .as_array()
        .unwrap();
    let told: Vec<(&Value, &Value)> = changes
        .iter()
        .map(|one| (&one["name"], &one["delta"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!("available"), &json!(5)),
            (&json!("on_hand"), &json!(5))
        ]
    );
    assert_eq!(changes[0]["quantityAfterChange"], Value::Null);

    let on = mug.variant.clone();
    practice
        .server
        .edit(&Edit::Sale { on, quantity: 2 })
        .unwrap();
    let errors = practice
        .refused(
            "inventory_set_quantities",
            set(&mug, shop, 9, json!(5), "k2"),
        )
        .await;
    assert_eq!(codes(&errors), ["CHANGE_FROM_QUANTITY_STALE"]);
    assert_eq!(
        errors[0]["field"],
        json!(["input", "quantities", "0", "changeFromQuantity"])
    );
    assert_eq!(quantity(&practice, &mug, shop).await, 3);
    practice
        .done(
            "inventory_set_quantities",
            set(&mug, shop, 9, Value::Null, "k3"),
        )
        .await;
    assert_eq!(quantity(&practice, &mug, shop).await, 9);
}

#[tokio::test]
async fn a_key_does_its_work_once() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let shop = &practice.locations().await[0];
    let first = practice
        .done("inventory_adjust_quantities", adjust(&mug, shop, 4, "once"))
        .await;
    let again = practice
        .done("inventory_adjust_quantities", adjust(&mug, shop, 4, "once"))
        .await;
    assert_eq!(
        first["inventoryAdjustmentGroup"]["id"],
        again["inventoryAdjustmentGroup"]["id"]
    );
    assert_eq!(quantity(&practice, &mug, shop).await, 4);
    let errors = practice
        .refused("inventory_adjust_quantities", adjust(&mug, shop, 5, "once"))
        .await;
    assert_eq!(codes(&errors), ["IDEMPOTENCY_KEY_PARAMETER_MISMATCH"]);
    let stale = set(&mug, shop, 1, json!(77), "failed");
    practice
        .refused("inventory_set_quantities", stale.clone())
        .await;
    let errors = practice.refused("inventory_set_quantities", stale).await;
    assert_eq!(codes(&errors), ["IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"]);
    practice
        .done(
            "inventory_adjust_quantities",
            adjust(&mug, shop, 4, "twice"),
        )
        .await;
    assert_eq!(quantity(&practice, &mug, shop).await, 8);
    practice.wait(25 * 3_600_000);
    practice
        .done("inventory_adjust_quantities", adjust(&mug, shop, 4, "once"))
        .await;
    assert_eq!(
        quantity(&practice, &mug, shop).await,
        12,
        "a key is forgotten after a day"
    );
}

#[tokio::test]
async fn a_key_and_something_to_compare_with_are_needed() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let shop = &practice.locations().await[0];
    let query = "mutation Set($input: InventorySetQuantitiesInput!) {
        inventorySetQuantities(input: $input) { userErrors { message } } }";
    let variables = set(&mug, shop, 5, json!(0), "unused");
    let answer = practice
        .ask(query, json!({"input": variables["input"]}))
        .await;
    let error = &answer["errors"][0];
    let message = "The @idempotent directive is required for this mutation but was not provided.";
    assert_eq!(error["message"], message);
    assert_eq!(error["extensions"]["code"], "BAD_REQUEST");
    assert_eq!(answer["data"], json!({"inventorySetQuantities": null}));

    let mut without = set(&mug, shop, 5, json!(0), "k");
    let first = without["input"]["quantities"][0].as_object_mut().unwrap();
    first.remove("changeFromQuantity");
    let answer = practice.run("inventory_set_quantities", without).await;
    let error = &answer["errors"][0];
    let message = "InventoryQuantityInput must include the following argument: changeFromQuantity.";
    assert_eq!(error["message"], message);
    assert_eq!(error["extensions"]["code"], "INVALID_FIELD_ARGUMENTS");

    let mut old = set(&mug, shop, 5, json!(0), "k");
    old["input"]["ignoreCompareQuantity"] = json!(true);
    assert_eq!(
        practice.error("inventory_set_quantities", old).await,
        "INVALID_VARIABLE"
    );
}

#[tokio::test]
async fn what_cannot_be_set_is_named() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let shop = &practice.locations().await[0];
    let mut keys = 0;
    let mut key = || {
        keys += 1;
        format!("key-{keys}")
    };
    let nobody = Mug {
        item: String::from("gid://shopify/InventoryItem/1"),
        ..practice.mug("OTHER").await
    };
    let nowhere = "gid://shopify/Location/1";
    let mut twice = set(&mug, shop, 5, json!(0), &key());
    let first = twice["input"]["quantities"][0].clone();
    twice["input"]["quantities"] = json!([first, first]);
    let mut because = set(&mug, shop, 5, json!(0), &key());
    because["input"]["reason"] = json!("because");
    let mut name = set(&mug, shop, 5, json!(0), &key());
    name["input"]["name"] = json!("incoming");
    for (variables, code) in [
        (
            set(&nobody, shop, 5, json!(0), &key()),
            "INVALID_INVENTORY_ITEM",
        ),
        (set(&mug, nowhere, 5, json!(0), &key()), "INVALID_LOCATION"),
        (
            set(&mug, shop, -1, json!(0), &key()),
            "INVALID_QUANTITY_NEGATIVE",
        ),
        (
            set(&mug, shop, 1_000_000_001, json!(0), &key()),
            "INVALID_QUANTITY_TOO_HIGH",
        ),
        (twice, "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR"),
        (because, "INVALID_REASON"),
        (name, "INVALID_NAME"),
    ] {
        let errors = practice
            .refused("inventory_set_quantities", variables)
            .await;
        assert_eq!(codes(&errors), [code]);
    }
    assert_eq!(quantity(&practice, &mug, shop).await, 0);
    let foreign = set(
        &Mug {
            item: mug.variant.clone(),
            ..mug
        },
        shop,
        5,
        json!(0),
        &key(),
    );
    assert_eq!(
        practice.error("inventory_set_quantities", foreign).await,
        "RESOURCE_NOT_FOUND"
    );
}

#[tokio::test]
async fn any_location_can_be_stocked() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let store_room = &practice.locations().await[1];
    practice
        .done(
            "inventory_set_quantities",
            set(&mug, store_room, 7, json!(0), "k1"),
        )
        .await;
    assert_eq!(quantity(&practice, &mug, store_room).await, 7);
    let variables = json!({
        "inventoryItemId": mug.item, "locationId": store_room, "available": 3, "idempotencyKey": "k2",
    });
    let level = practice.done("inventory_activate", variables).await;
    let kept = &level["inventoryLevel"]["quantities"][0]["quantity"];
    assert_eq!(*kept, 7, "what is stocked already keeps its quantity");
}

#[tokio::test]
async fn levels_that_changed_are_found_by_location() {
    let practice = Practice::open(40);
    let locations = practice.locations().await;
    let mug = practice.mug("MUG").await;
    practice.wait(60_000);
    let since = practice.server.clock().now().rfc3339();
    practice
        .done(
            "inventory_set_quantities",
            set(&mug, &locations[0], 5, json!(0), "k1"),
        )
        .await;
    let query = format!("updated_at:>='{since}'");
    let variables = json!({"id": locations[0], "first": 250, "query": query});
    let answer = practice.run("location_inventory_levels", variables).await;
    let nodes = answer["data"]["location"]["inventoryLevels"]["nodes"]
        .as_array()
        .unwrap();
    assert_eq!(nodes.len(), 1);
    assert_eq!(nodes[0]["item"]["id"], json!(mug.item));
    assert_eq!(
        nodes[0]["quantities"][1],
        json!({"name": "on_hand", "quantity": 5, "updatedAt": nodes[0]["updatedAt"]})
    );
    assert_eq!(answer["extensions"]["cost"]["requestedQueryCost"], 36);
}

#[tokio::test]
async fn an_item_is_changed_without_its_variant() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let input = json!({
        "sku": "MUG-2", "cost": "4.25", "tracked": false,
        "measurement": {"weight": {"value": 0.35, "unit": "KILOGRAMS"}},
    });
    let changed = practice
        .done(
            "inventory_item_update",
            json!({"id": mug.item, "input": input}),
        )
        .await;
    let item = &changed["inventoryItem"];
    assert_eq!(
        (&item["sku"], &item["tracked"]),
        (&json!("MUG-2"), &json!(false))
    );
    assert_eq!(
        item["unitCost"],
        json!({"amount": "4.25", "currencyCode": "EUR"})
    );
    assert_eq!(item["measurement"]["weight"]["value"], 0.35);
    let found = practice
        .data("variants_by_sku", json!({"query": "sku:'MUG-2'"}))
        .await;
    assert_eq!(
        found["productVariants"]["nodes"][0]["id"],
        json!(mug.variant)
    );
}

#[tokio::test]
async fn items_are_paged_with_their_level_at_one_location() {
    let practice = Practice::open(40);
    let shop = &practice.locations().await[0];
    let mut after = Value::Null;
    let (mut items, mut tracked) = (0, 0);
    loop {
        let variables = json!({"first": 30, "after": after, "locationId": shop});
        let data = practice.data("inventory_items_page", variables).await;
        let nodes = data["inventoryItems"]["nodes"].as_array().unwrap();
        items += nodes.len();
        tracked += nodes.iter().filter(|one| one["tracked"] == true).count();
        assert!(
            nodes
                .iter()
                .all(|one| one["inventoryLevel"]["isActive"] == true)
        );
        after = data["inventoryItems"]["pageInfo"]["endCursor"].clone();
        if data["inventoryItems"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert!(items > 60 && tracked < items, "{tracked} of {items}");
}

#[tokio::test]
async fn quantities_say_what_they_are_made_of() {
    let practice = Practice::open(10);
    let data = practice.data("inventory_properties", json!({})).await;
    let names = data["inventoryProperties"]["quantityNames"]
        .as_array()
        .unwrap();
    let on_hand = names.iter().find(|one| one["name"] == "on_hand").unwrap();
    let parts = [
        "available",
        "committed",
        "reserved",
        "damaged",
        "safety_stock",
        "quality_control",
    ];
    assert_eq!(on_hand["comprises"], json!(parts));
}

#[tokio::test]
async fn an_item_is_stocked_somewhere_at_least() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let locations = practice.locations().await;
    let switch = |location: &str, on: bool| {
        let updates = json!([{"locationId": location, "activate": on}]);
        json!({"inventoryItemId": mug.item, "updates": updates})
    };
    let off = switch(&locations[0], false);
    let errors = practice
        .refused("inventory_bulk_toggle_activation", off.clone())
        .await;
    assert_eq!(codes(&errors), ["CANNOT_DEACTIVATE_FROM_ONLY_LOCATION"]);
    practice
        .done(
            "inventory_bulk_toggle_activation",
            switch(&locations[1], true),
        )
        .await;
    practice.done("inventory_bulk_toggle_activation", off).await;
    let data = practice
        .data("inventory_levels_for_item", json!({"id": mug.item}))
        .await;
    let levels = data["inventoryItem"]["inventoryLevels"]["nodes"]
        .as_array()
        .unwrap();
    assert_eq!(levels.len(), 1);
    assert_eq!(levels[0]["location"]["id"], json!(locations[1]));
}
