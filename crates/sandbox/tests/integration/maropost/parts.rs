//! Categories, prices of groups, specifics and pictures as they are written.

use sandbox::maropost::{BadRow, Specifics};
use serde_json::{Value, json};

use super::Practice;

async fn shop() -> Practice {
    let shop = Practice::empty();
    for name in ["Shirts", "Sale"] {
        shop.done(
            "AddCategory",
            json!({ "Category": { "CategoryName": name } }),
        )
        .await;
    }
    shop.add(json!({ "SKU": "A" })).await;
    shop
}

/// The rows of a collection of item A, one or many.
async fn rows(shop: &Practice, outer: &str, inner: &str) -> Vec<Value> {
    let item = shop.item("A", &[outer]).await;
    match &item[outer][0][inner] {
        Value::Null => Vec::new(),
        Value::Array(rows) => rows.clone(),
        one => vec![one.clone()],
    }
}

#[tokio::test]
async fn categories_are_added_to_those_that_are_there_until_they_are_deleted() {
    let shop = shop().await;
    let write = |category: Value| json!({ "SKU": "A", "Categories": { "Category": category } });
    shop.update(write(json!([{ "CategoryID": "1" }]))).await;
    shop.update(write(json!([{ "CategoryID": "2", "Priority": "5" }])))
        .await;
    let both = rows(&shop, "Categories", "Category").await;
    assert_eq!(both.len(), 2);
    assert_eq!(both[1]["Priority"], "5");
    shop.update(write(json!({ "CategoryID": "1", "Delete": true })))
        .await;
    let left = rows(&shop, "Categories", "Category").await;
    assert_eq!((left.len(), &left[0]["CategoryID"]), (1, &json!("2")));
    assert_eq!(shop.skus(json!({ "CategoryID": ["1", "2"] })).await, ["A"]);
    assert_eq!(shop.skus(json!({ "CategoryID": "1" })).await.len(), 0);
}

#[tokio::test]
async fn a_group_is_named_by_its_number_or_by_its_name() {
    let shop = shop().await;
    let write = |group: Value| json!({ "SKU": "A", "PriceGroups": { "PriceGroup": group } });
    shop.update(write(
        json!({ "Group": "2", "Price": "18.95", "MinimumQuantity": 3 }),
    ))
    .await;
    shop.update(write(
        json!({ "Group": "Wholesale", "PromotionPrice": "17" }),
    ))
    .await;
    let prices = rows(&shop, "PriceGroups", "PriceGroup").await;
    assert_eq!(prices.len(), 1);
    assert_eq!(prices[0]["GroupID"], "2");
    assert_eq!(prices[0]["Price"], "18.95");
    assert_eq!(prices[0]["PromotionPrice"], "17.00");
    assert_eq!(prices[0]["MinimumQuantity"], "3");
    shop.update(write(json!({ "Group": "2", "Delete": "True" })))
        .await;
    assert_eq!(rows(&shop, "PriceGroups", "PriceGroup").await.len(), 0);
}

#[tokio::test]
async fn bands_of_prices_are_selected_apart() {
    let shop = shop().await;
    let price = json!({ "PriceGroup": { "Group": "2", "Price": "18.95" } });
    shop.update(json!({ "SKU": "A", "PriceGroups": price }))
        .await;
    let item = shop.item("A", &["PriceGroups.MultilevelBands"]).await;
    let price = &item["PriceGroups"][0]["PriceGroup"];
    assert_eq!(price["MultilevelBands"], json!([""]));
    let price = shop.item("A", &["PriceGroups"]).await["PriceGroups"][0]["PriceGroup"].clone();
    assert!(price.get("MultilevelBands").is_none());
}

#[tokio::test]
async fn written_specifics_join_those_that_are_there_or_replace_them() {
    let write = |name: &str, value: &str| {
        let specific = json!({ "ItemSpecific": [{ "Name": name, "Value": value }] });
        json!({ "SKU": "A", "ItemSpecifics": specific })
    };
    for (specifics, left) in [(Specifics::Merge, 2), (Specifics::Replace, 1)] {
        let shop = shop().await;
        shop.configure(|settings| settings.specifics = specifics);
        shop.update(write("Colour", "Red")).await;
        shop.update(write("Colour", "Blue")).await;
        shop.update(write("Size", "S")).await;
        let rows = rows(&shop, "ItemSpecifics", "ItemSpecific").await;
        assert_eq!(rows.len(), left, "{specifics:?}");
        assert_eq!(rows[left - 1], json!({ "Name": "Size", "Value": "S" }));
        assert_ne!(rows[0]["Value"], "Red");
    }
}

#[tokio::test]
async fn a_specific_cannot_be_deleted_as_far_as_anybody_knows() {
    let shop = shop().await;
    let specific = json!({ "Name": "Colour", "Value": "Red", "Delete": true });
    let item = json!({ "SKU": "A", "ItemSpecifics": { "ItemSpecific": specific } });
    assert_eq!(
        shop.gap("UpdateItem", json!({ "Item": item })).await,
        "UnknownField"
    );
}

#[tokio::test]
async fn pictures_have_places_and_are_deleted_by_them() {
    let shop = shop().await;
    let write = |image: Value| json!({ "SKU": "A", "Images": { "Image": image } });
    shop.update(write(json!([
        { "Name": "Alt 1", "URL": "https://example.com/b.jpg" },
        { "Name": "Main", "Base64": "iVBORw0KGgo=" },
    ])))
    .await;
    let names = |item: &Value| -> Vec<String> {
        let images = item["Images"].as_array().unwrap().iter();
        images
            .map(|image| image["Name"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(names(&shop.item("A", &["Images"]).await), ["Main", "Alt 1"]);
    shop.update(write(json!({ "Name": "Main", "Delete": true })))
        .await;
    assert_eq!(names(&shop.item("A", &["Images"]).await), ["Alt 1"]);
    shop.update(json!({ "SKU": "A", "ImageURL": "https://example.com/c.jpg" }))
        .await;
    assert_eq!(names(&shop.item("A", &["Images"]).await), ["Main", "Alt 1"]);
    for (image, gap) in [
        (
            json!({ "Name": "Side", "URL": "https://example.com" }),
            "UnknownImageName",
        ),
        (
            json!({ "Name": "Alt 0", "URL": "https://example.com" }),
            "UnknownImageName",
        ),
        (json!({ "Name": "Main" }), "UndocumentedShape"),
    ] {
        assert_eq!(
            shop.gap("UpdateItem", json!({ "Item": write(image) }))
                .await,
            gap
        );
    }
}

#[tokio::test]
async fn a_picture_written_anew_has_another_time_and_other_content() {
    let shop = shop().await;
    let write = |url: &str| json!({ "SKU": "A", "ImageURL": url });
    let read = || async {
        let image = shop.item("A", &["Images"]).await["Images"][0].clone();
        let url = image["URL"].as_str().unwrap().to_owned();
        let bytes = shop
            .client
            .get(&url)
            .send()
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap();
        (url, image["Timestamp"].clone(), bytes)
    };
    shop.update(write("https://example.com/1.jpg")).await;
    let before = read().await;
    shop.later(60);
    shop.update(write("https://example.com/2.jpg")).await;
    let after = read().await;
    assert_eq!(before.0, after.0, "the address stays");
    assert_ne!(before.1, after.1);
    assert_ne!(before.2, after.2);
}

#[tokio::test]
async fn collections_are_written_in_their_documented_wrappers() {
    let shop = shop().await;
    for (name, value) in [
        ("Categories", json!([{ "Category": { "CategoryID": "1" } }])),
        (
            "Categories",
            json!({ "Category": { "CategoryID": "1" }, "Priority": "1" }),
        ),
        ("Categories", json!([{ "CategoryID": "1" }])),
        ("PriceGroups", json!({ "Group": "2" })),
        (
            "Images",
            json!([{ "Name": "Main", "URL": "https://example.com" }]),
        ),
        ("ItemSpecifics", json!("")),
    ] {
        let item = json!({ "SKU": "A", name: value });
        let gap = shop.gap("UpdateItem", json!({ "Item": item })).await;
        assert_eq!(gap, "UndocumentedShape", "{name}");
    }
}

#[tokio::test]
async fn a_part_without_what_it_needs_makes_the_row_a_bad_one() {
    let shop = shop().await;
    shop.configure(|settings| settings.bad_row = BadRow::RefuseRow);
    let items = json!([
        { "SKU": "A", "Categories": { "Category": { "Priority": "1" } } },
        { "SKU": "A", "Name": "Written" },
    ]);
    let answer = shop.call("UpdateItem", json!({ "Item": items })).await;
    assert_eq!(answer["Ack"], "Warning");
    assert_eq!(answer["Item"], json!({ "SKU": "A" }));
}
