//! Metafields.

use serde_json::{Value, json};

use super::{Practice, codes};

#[tokio::test]
async fn a_metafield_is_set_where_nobody_was_faster() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let field = |value: &str, digest: Value| {
        json!({"metafields": [{
            "ownerId": mug.product, "namespace": "$app", "key": "note", "type": "single_line_text_field",
            "value": value, "compareDigest": digest,
        }]})
    };
    let set = practice
        .done("metafields_set", field("one", Value::Null))
        .await;
    let digest = set["metafields"][0]["compareDigest"].clone();
    let errors = practice
        .refused("metafields_set", field("two", Value::Null))
        .await;
    assert_eq!(codes(&errors), ["STALE_OBJECT"]);
    let set = practice.done("metafields_set", field("two", digest)).await;
    assert_eq!(set["metafields"][0]["value"], "two");
    let data = practice
        .data("product_by_id", json!({"id": mug.product}))
        .await;
    assert_eq!(
        data["product"]["metafields"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_metafield_must_be_of_its_type() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    for (sort, value, code) in [
        ("number_integer", "many", "INVALID_VALUE"),
        ("boolean", "yes", "INVALID_VALUE"),
        ("json", "{", "INVALID_VALUE"),
        ("single_line_text_field", "", "BLANK"),
    ] {
        let field = json!({"ownerId": mug.product, "key": "note", "type": sort, "value": value});
        let errors = practice
            .refused("metafields_set", json!({"metafields": [field]}))
            .await;
        assert_eq!(codes(&errors), [code], "{sort}");
        assert_eq!(errors[0]["elementIndex"], 0);
    }
    let many: Vec<Value> = (0..26)
        .map(|nth| json!({"ownerId": mug.product, "key": format!("k{nth:02}"), "type": "id", "value": "1"}))
        .collect();
    let errors = practice
        .refused("metafields_set", json!({"metafields": many}))
        .await;
    assert_eq!(codes(&errors), ["LESS_THAN_OR_EQUAL_TO"]);
}

#[tokio::test]
async fn definitions_are_listed_by_what_they_are_of() {
    let practice = Practice::open(10);
    for (owner, key) in [
        ("PRODUCT", "material"),
        ("PRODUCT", "care"),
        ("PRODUCTVARIANT", "fit"),
    ] {
        let definition = json!({
            "name": format!("The {key}"), "namespace": "custom", "key": key,
            "type": "single_line_text_field", "ownerType": owner,
        });
        practice
            .done(
                "metafield_definition_create",
                json!({"definition": definition}),
            )
            .await;
    }
    let asked = json!({"first": 1, "ownerType": "PRODUCT"});
    let data = practice.data("metafield_definitions", asked).await;
    let page = &data["metafieldDefinitions"];
    assert_eq!(page["nodes"][0]["name"], "The material");
    assert_eq!(page["nodes"][0]["type"]["name"], "single_line_text_field");
    let after = &page["pageInfo"]["endCursor"];
    let asked = json!({"first": 9, "after": after, "ownerType": "PRODUCT"});
    let data = practice.data("metafield_definitions", asked).await;
    let rest = data["metafieldDefinitions"]["nodes"].as_array().unwrap();
    assert_eq!((rest.len(), &rest[0]["key"]), (1, &json!("care")));
}

#[tokio::test]
async fn a_metafield_is_taken_away_once() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let field = json!({
        "ownerId": mug.product, "namespace": "custom", "key": "note",
        "type": "single_line_text_field", "value": "one",
    });
    practice
        .done("metafields_set", json!({"metafields": [field]}))
        .await;
    let named = json!([{"ownerId": mug.product, "namespace": "custom", "key": "note"}]);
    let gone = practice
        .done("metafields_delete", json!({"metafields": named}))
        .await;
    assert_eq!(gone["deletedMetafields"], named);
    let again = practice
        .done("metafields_delete", json!({"metafields": named}))
        .await;
    assert_eq!(again["deletedMetafields"], json!([null]));
}
