//! Options of a product.

use serde_json::{Value, json};

use super::{Practice, codes};

async fn titles(practice: &Practice, product: &str) -> Vec<String> {
    let data = practice.data("product_by_id", json!({"id": product})).await;
    let nodes = data["product"]["variants"]["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn options(practice: &Practice, product: &str) -> Value {
    practice.data("product_by_id", json!({"id": product})).await["product"]["options"].clone()
}

#[tokio::test]
async fn an_option_is_made_with_or_without_its_variants() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let option = json!([{"name": "Size", "values": [{"name": "S"}, {"name": "L"}]}]);
    practice
        .done(
            "product_options_create",
            json!({"productId": mug.product, "options": option}),
        )
        .await;
    assert_eq!(titles(&practice, &mug.product).await, ["Red / S"]);
    let option = json!([{"name": "Lid", "values": [{"name": "Yes"}, {"name": "No"}]}]);
    let variables =
        json!({"productId": mug.product, "options": option, "variantStrategy": "CREATE"});
    practice
        .done("product_options_create", variables.clone())
        .await;
    let all = titles(&practice, &mug.product).await;
    assert_eq!(
        all,
        [
            "Red / S / Yes",
            "Red / S / No",
            "Red / L / Yes",
            "Red / L / No"
        ]
    );
    let errors = practice.refused("product_options_create", variables).await;
    assert_eq!(codes(&errors), ["OPTION_ALREADY_EXISTS"]);
    let fourth = json!([{"name": "Handle", "values": [{"name": "Left"}]}]);
    let fourth = json!({"productId": mug.product, "options": fourth});
    assert_eq!(
        codes(&practice.refused("product_options_create", fourth).await),
        ["OPTIONS_OVER_LIMIT"]
    );
}

#[tokio::test]
async fn an_option_is_renamed_with_its_values() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let before = options(&practice, &mug.product).await;
    let red = &before[0]["optionValues"][0]["id"];
    let variables = json!({
        "productId": mug.product,
        "option": {"id": before[0]["id"], "name": "Color"},
        "update": [{"id": red, "name": "Crimson"}],
        "add": [{"name": "Blue"}],
    });
    practice.done("product_option_update", variables).await;
    assert_eq!(titles(&practice, &mug.product).await, ["Crimson"]);
    let after = options(&practice, &mug.product).await;
    assert_eq!(after[0]["name"], "Color");
    assert_eq!(&after[0]["optionValues"][0]["id"], red, "an id is kept");
    assert_eq!(after[0]["optionValues"][1]["hasVariants"], false);
    let used =
        json!({"productId": mug.product, "option": {"id": before[0]["id"]}, "delete": [red]});
    let errors = practice.refused("product_option_update", used).await;
    assert_eq!(codes(&errors), ["OPTION_VALUE_HAS_VARIANTS"]);
}

#[tokio::test]
async fn an_option_with_several_values_goes_only_on_purpose() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let option = json!([{"name": "Size", "values": [{"name": "S"}, {"name": "L"}]}]);
    let variables =
        json!({"productId": mug.product, "options": option, "variantStrategy": "CREATE"});
    practice.done("product_options_create", variables).await;
    let size = options(&practice, &mug.product).await[1]["id"].clone();
    let plain = json!({"productId": mug.product, "options": [size]});
    let errors = practice
        .refused("product_options_delete", plain.clone())
        .await;
    assert_eq!(
        codes(&errors),
        ["CANNOT_DELETE_OPTION_WITH_MULTIPLE_VALUES"]
    );
    let mut by_position = plain;
    by_position["strategy"] = json!("POSITION");
    practice.done("product_options_delete", by_position).await;
    assert_eq!(titles(&practice, &mug.product).await, ["Red"]);
    let colour = options(&practice, &mug.product).await[0]["id"].clone();
    practice
        .done(
            "product_options_delete",
            json!({"productId": mug.product, "options": [colour]}),
        )
        .await;
    assert_eq!(titles(&practice, &mug.product).await, ["Default Title"]);
}

#[tokio::test]
async fn an_option_moves_with_the_values_of_its_variants() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let option = json!([{"name": "Size", "values": [{"name": "S"}, {"name": "L"}]}]);
    let variables =
        json!({"productId": mug.product, "options": option, "variantStrategy": "CREATE"});
    practice.done("product_options_create", variables).await;
    let size = options(&practice, &mug.product).await[1]["id"].clone();
    let to = |position: i64| json!({"productId": mug.product, "option": {"id": size, "position": position}});
    practice.done("product_option_update", to(1)).await;
    assert_eq!(
        titles(&practice, &mug.product).await,
        ["S / Red", "L / Red"]
    );
    for position in [0, 3] {
        let errors = practice
            .refused("product_option_update", to(position))
            .await;
        assert_eq!(codes(&errors), ["INVALID_POSITION"]);
    }
    let blank = json!({"productId": mug.product, "option": {"id": size, "name": " "}});
    assert_eq!(
        codes(&practice.refused("product_option_update", blank).await),
        ["INVALID_NAME"]
    );
}
