//! The shapes of an answered item: texts, one or many, empty collections, dates.

use sandbox::Catalogue;
use sandbox::maropost::{NoDate, NoRows, Shapes, TextBooleans, Zone};
use serde_json::{Value, json};

use super::Practice;

const ALL: [&str; 24] = [
    "ID",
    "ParentSKU",
    "IsVariant",
    "VariantInventoryIDs",
    "Name",
    "Description",
    "RRP",
    "DefaultPrice",
    "PromotionPrice",
    "PromotionStartDateUTC",
    "PriceGroups",
    "WarehouseQuantity",
    "AvailableSellQuantity",
    "CommittedQuantity",
    "ItemSpecifics",
    "Categories",
    "Images",
    "ImageURL",
    "ShippingWeight",
    "SortOrder1",
    "IsActive",
    "IsInventoried",
    "DateArrival",
    "DateUpdatedUTC",
];

/// Every scalar in `value`, however deep.
fn scalars<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| scalars(value, found)),
        Value::Object(members) => members.values().for_each(|value| scalars(value, found)),
        scalar => found.push(scalar),
    }
}

#[tokio::test]
async fn every_scalar_is_a_text() {
    let shop = Practice::filled(&Catalogue::new(1, 100), |_| {});
    let filter = json!({ "OutputSelector": ALL });
    let answer = shop.done("GetItem", json!({ "Filter": filter })).await;
    let mut found = Vec::new();
    scalars(&answer, &mut found);
    assert!(found.len() > 2_000);
    assert!(found.iter().all(|scalar| scalar.is_string()));
}

async fn with_parts() -> Practice {
    let shop = Practice::empty();
    for name in ["Shirts", "Sale"] {
        shop.done(
            "AddCategory",
            json!({ "Category": { "CategoryName": name } }),
        )
        .await;
    }
    shop.add(json!([
        {
            "SKU": "ONE",
            "Categories": { "Category": { "CategoryID": "1", "Priority": "3" } },
            "PriceGroups": { "PriceGroup": { "Group": "2", "Price": "19.95" } },
            "ItemSpecifics": { "ItemSpecific": { "Name": "Colour", "Value": "Red" } },
            "Images": { "Image": { "Name": "Main", "URL": "https://example.com/a.jpg" } },
            "WarehouseQuantity": { "WarehouseID": "1", "Quantity": "5", "Action": "set" },
        },
        {
            "SKU": "MANY",
            "Categories": { "Category": [{ "CategoryID": "1" }, { "CategoryID": 2 }] },
            "PriceGroups": { "PriceGroup": [{ "Group": "1", "Price": 1 }, { "Group": "2" }] },
            "ItemSpecifics": { "ItemSpecific": [
                { "Name": "Colour", "Value": "Red" },
                { "Name": "Size", "Value": "S" },
            ] },
        },
        { "SKU": "NONE" },
    ]))
    .await;
    shop
}

#[tokio::test]
async fn one_row_within_is_an_object_and_several_are_an_array() {
    let shop = with_parts().await;
    let selectors = ["Categories", "PriceGroups", "ItemSpecifics"];
    let one = shop.item("ONE", &selectors).await;
    let category = json!({ "CategoryID": "1", "Priority": "3", "CategoryName": "Shirts" });
    assert_eq!(one["Categories"], json!([{ "Category": category }]));
    assert_eq!(
        one["PriceGroups"],
        json!([{ "PriceGroup": { "GroupID": "2", "Group": "Wholesale", "Price": "19.95" } }])
    );
    let colour = json!({ "Name": "Colour", "Value": "Red" });
    assert_eq!(one["ItemSpecifics"], json!([{ "ItemSpecific": colour }]));
    let many = shop.item("MANY", &selectors).await;
    for (outer, inner) in [
        ("Categories", "Category"),
        ("PriceGroups", "PriceGroup"),
        ("ItemSpecifics", "ItemSpecific"),
    ] {
        assert_eq!(many[outer][0][inner].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn the_documented_shapes_can_be_had() {
    let shop = with_parts().await;
    shop.configure(|settings| settings.shapes = Shapes::Documented);
    let one = shop
        .item("ONE", &["Categories", "Images", "ItemSpecifics"])
        .await;
    assert_eq!(one["Categories"]["Category"][0]["CategoryID"], "1");
    assert_eq!(one["ItemSpecifics"]["ItemSpecific"][0]["Value"], "Red");
    assert_eq!(one["Images"]["Image"][0]["Name"], "Main");
}

#[tokio::test]
async fn pictures_are_a_bare_array_at_addresses_of_the_platforms_own() {
    let shop = with_parts().await;
    let one = shop.item("ONE", &["Images", "ImageURL"]).await;
    let image = &one["Images"][0];
    let written = "https://example.com/a.jpg";
    assert_ne!(image["URL"], written);
    assert_eq!(image["URL"], one["ImageURL"]);
    assert_eq!(image["Timestamp"], "2026-11-01 00:00:00");
    for address in ["URL", "ThumbURL", "MediumThumbURL"] {
        let address = image[address].as_str().unwrap();
        let picture = shop.client.get(address).send().await.unwrap();
        assert_eq!(picture.headers()["content-type"], "image/png");
        assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG"));
    }
    assert_eq!(shop.item("NONE", &["ImageURL"]).await["ImageURL"], "");
}

#[tokio::test]
async fn an_empty_collection_has_four_forms() {
    let shop = with_parts().await;
    for (no_rows, expected) in [
        (NoRows::Text, json!("")),
        (NoRows::TextInArray, json!([""])),
        (NoRows::Array, json!([])),
        (NoRows::Inner, json!({ "Category": "" })),
    ] {
        shop.configure(|settings| settings.no_rows = no_rows);
        let none = shop.item("NONE", &["Categories", "KitComponents"]).await;
        assert_eq!(none["Categories"], expected);
        assert_eq!(none["KitComponents"].is_object(), no_rows == NoRows::Inner);
    }
}

#[tokio::test]
async fn the_quantity_of_a_single_warehouse_is_an_array_or_an_object() {
    let shop = with_parts().await;
    let quantity = json!({ "WarehouseID": "1", "Quantity": "5" });
    let one = shop.item("ONE", &["WarehouseQuantity"]).await;
    assert_eq!(one["WarehouseQuantity"], json!([quantity]));
    shop.configure(|settings| settings.one_quantity_bare = true);
    let one = shop.item("ONE", &["WarehouseQuantity"]).await;
    assert_eq!(one["WarehouseQuantity"], quantity);
}

#[tokio::test]
async fn a_date_that_was_never_set_is_the_zero_date_or_empty() {
    let shop = with_parts().await;
    let selectors = ["PromotionStartDate", "PromotionStartDateUTC", "DateArrival"];
    let none = shop.item("NONE", &selectors).await;
    assert_eq!(none["PromotionStartDate"], "0000-00-00 00:00:00");
    assert_eq!(none["PromotionStartDateUTC"], "0000-00-00 00:00:00");
    assert_eq!(none["DateArrival"], "");
    shop.configure(|settings| settings.no_date = NoDate::Empty);
    assert_eq!(
        shop.item("NONE", &selectors).await["PromotionStartDateUTC"],
        ""
    );
}

#[tokio::test]
async fn some_booleans_are_typed_as_text_and_may_have_other_words() {
    let shop = with_parts().await;
    let selectors = ["IsInventoried", "SplitForWarehousePicking", "IsActive"];
    let item = shop.item("ONE", &selectors).await;
    assert_eq!(item["IsInventoried"], "True");
    shop.configure(|settings| settings.text_booleans = TextBooleans::YesNo);
    let item = shop.item("ONE", &selectors).await;
    assert_eq!(item["IsInventoried"], "y");
    assert_eq!(item["SplitForWarehousePicking"], "n");
    assert_eq!(item["IsActive"], "True");
}

#[tokio::test]
async fn dates_have_twins_in_the_shops_own_time() {
    let shop = with_parts().await;
    let selectors = [
        "DateUpdated",
        "DateUpdatedLocal",
        "DateUpdatedUTC",
        "DateCreatedLocal",
    ];
    let item = shop.item("ONE", &selectors).await;
    assert_eq!(item["DateUpdatedUTC"], "2026-11-01 00:00:00");
    assert_eq!(item["DateUpdatedLocal"], "2026-11-01 10:00:00");
    assert_eq!(item["DateCreatedLocal"], "2026-11-01 10:00:00");
    assert_eq!(item["DateUpdated"], "2026-11-01 00:00:00");
    shop.configure(|settings| settings.plain_item_dates = Zone::Shop);
    assert_eq!(
        shop.item("ONE", &selectors).await["DateUpdated"],
        "2026-11-01 10:00:00"
    );
}

#[tokio::test]
async fn a_day_is_in_no_zone() {
    let shop = with_parts().await;
    shop.update(json!({ "SKU": "ONE", "DateArrival": "2026-12-01" }))
        .await;
    let item = shop.item("ONE", &["DateArrival", "DateArrivalUTC"]).await;
    assert_eq!(item["DateArrival"], "2026-12-01");
    assert_eq!(item["DateArrivalUTC"], "2026-12-01");
}
