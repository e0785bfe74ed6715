//! What the merchant sells and does.

use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Clock, Edit, Server};
use serde_json::{Value, json};

use super::{Practice, START};

const ALL: &str =
    "{ productVariants(first: 250) { nodes { id sku barcode price product { id title status }
    inventoryItem { id tracked } } } }";

#[tokio::test]
async fn the_same_seed_is_the_same_shop() {
    let one = Practice::open(40).ask(ALL, json!({})).await["data"].clone();
    let two = Practice::open(40).ask(ALL, json!({})).await["data"].clone();
    assert_eq!(one, two);
    let other = Practice::with(ShopifyOptions::new(Catalogue::new(8, 40)))
        .ask(ALL, json!({}))
        .await;
    assert_ne!(one, other["data"]);
}

#[tokio::test]
async fn edits_by_the_merchant_are_seen() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG").await;
    let on = || mug.product.clone();
    for edit in [
        Edit::Title {
            on: on(),
            title: String::from("New title"),
        },
        Edit::Description {
            on: on(),
            html: String::from("<p>New</p>"),
        },
        Edit::Price {
            on: String::from("MUG"),
            price: 555,
        },
        Edit::Stock {
            on: mug.variant.clone(),
            quantity: 12,
        },
        Edit::RenameOption {
            on: on(),
            from: String::from("Colour"),
            to: String::from("Color"),
        },
        Edit::AddVariant {
            on: on(),
            value: String::from("Blue"),
            sku: String::from("MUG-B"),
            price: 600,
        },
        Edit::Barcode {
            on: String::from("MUG"),
            barcode: String::from("123"),
        },
        Edit::Archive { on: on() },
    ] {
        practice.server.edit(&edit).unwrap();
    }
    let data = practice
        .data("product_by_id", json!({"id": mug.product}))
        .await;
    let product = &data["product"];
    assert_eq!(product["title"], "New title");
    assert_eq!(product["descriptionHtml"], "<p>New</p>");
    assert_eq!(product["status"], "ARCHIVED");
    assert_eq!(product["options"][0]["name"], "Color");
    let variants = product["variants"]["nodes"].as_array().unwrap();
    assert_eq!(
        (&variants[0]["price"], &variants[0]["barcode"]),
        (&json!("5.55"), &json!("123"))
    );
    assert_eq!(
        (&variants[1]["title"], &variants[1]["sku"]),
        (&json!("Blue"), &json!("MUG-B"))
    );
    let gone = Edit::DeleteVariant {
        on: mug.variant.clone(),
    };
    practice.server.edit(&gone).unwrap();
    assert!(practice.server.edit(&gone).is_err());
    let last = Edit::DeleteVariant {
        on: String::from("MUG-B"),
    };
    assert_eq!(
        practice.server.edit(&last).unwrap_err(),
        "It is the last variant of its product."
    );
}

#[tokio::test]
async fn random_edits_leave_a_shop_that_can_be_read() {
    let practice = Practice::open(50);
    let made = practice.server.edit_by_chance(5, 2_000);
    assert!(made.len() > 1_500, "{}", made.len());
    let query = "{ products { edges { node { __typename id title options { name optionValues { name hasVariants } }
        variants { edges { node { __typename id sku title price position inventoryItem { id unitCost { amount } } } } } } } } }";
    let started = practice
        .done("bulk_run_query", json!({"query": query}))
        .await;
    practice.wait(5_000);
    let done = practice
        .data(
            "bulk_operation",
            json!({"id": started["bulkOperation"]["id"]}),
        )
        .await;
    assert_eq!(done["bulkOperation"]["status"], "COMPLETED", "{done}");
}

#[tokio::test]
async fn a_hundred_thousand_products_are_paged_from_anywhere() {
    let options = ShopifyOptions::new(Catalogue::new(3, 100_000));
    let server = Server::open(Shopify::new(&options), Clock::stepping(START, 20_000), 0).unwrap();
    let token = server.shop().token().to_owned();
    let practice = Practice {
        client: crate::client(),
        token,
        server,
    };
    let variables = json!({"query": null});
    let count = practice.data("products_count", variables).await;
    assert_eq!(
        count["productsCount"],
        json!({"count": 25_001, "precision": "AT_LEAST"})
    );
    let mut after = Value::Null;
    for _ in 0..5 {
        let variables = json!({"first": 250, "after": after, "variantsFirst": 1, "mediaFirst": 1});
        let data = practice.data("products_page", variables).await;
        assert_eq!(data["products"]["edges"].as_array().unwrap().len(), 250);
        after = data["products"]["pageInfo"]["endCursor"].clone();
    }
}
