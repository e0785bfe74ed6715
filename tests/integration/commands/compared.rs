//! No record that is changed past the app goes unseen, of whatever kind.

use serde_json::{Value as Json, json};

use super::history::{problems, verified};
use crate::support::{TestApp, on_each_desktop};

async fn made(desktop: &TestApp, noun: &str, fields: Json) -> Json {
    let name = format!("{noun}.create");
    let saved = desktop.ok(&name, json!({ "fields": fields })).await;
    saved["record"].clone()
}

/// A workspace with records of every kind: a field, products with a variant, a supplier and what it
/// sells.
async fn with_records(desktop: &TestApp) {
    let season = json!({
        "custom_field.label": "Season", "custom_field.type": "choice",
        "custom_field.choices": "Summer\nWinter",
    });
    let season = made(desktop, "custom_fields", season).await;
    let season = format!("custom.{}", season["id"].as_str().unwrap());
    let mug = json!({
        "sku": "MUG", "name": "Mug", "store_price": 99_000, "cost": 41_000, "stock": 5, season: "summer",
    });
    let mug = desktop.create(mug).await;
    let change = json!([{ "field": "cost", "old": 41_000, "new": 43_000 }]);
    let update = json!({ "id": mug["id"], "version": 1, "changes": change });
    desktop.ok("products.update", update).await;
    desktop
        .create(json!({ "sku": "SHIRT", "name": "Shirt" }))
        .await;
    desktop
        .create(json!({
            "sku": "SHIRT-S", "name": "Shirt, small", "parent_sku": "SHIRT", "stock": 3,
            "option1_name": "Size", "option1_value": "S",
        }))
        .await;
    let acme = json!({ "supplier.code": "ACME", "supplier.name": "Acme" });
    made(desktop, "suppliers", acme).await;
    let sold = json!({
        "supplier_product.supplier": "ACME", "supplier_product.product_sku": "MUG",
        "supplier_product.cost": 40_000,
    });
    made(desktop, "supplier_products", sold).await;
}

/// Each way to change records past the app, and what the check says of it: which record and which field,
/// never a value.
const TAMPERINGS: &[(&str, &[&str])] = &[
    (
        "update products set store_price = 1 where sku = 'MUG'",
        &["The product MUG was changed past the app: Store price."],
    ),
    (
        "update products set cost = 41000, name = 'Cup' where sku = 'MUG'",
        &["The product MUG was changed past the app: Name, Cost."],
    ),
    (
        "update products set custom = replace(custom, 'summer', 'winter') where sku = 'MUG'",
        &["The product MUG was changed past the app: Season."],
    ),
    (
        "update products set custom = 'summer' where sku = 'MUG'",
        &["The product MUG was changed past the app: it cannot be read."],
    ),
    (
        "update products set deleted = 1 where sku = 'MUG'",
        &["The product MUG was changed past the app: whether it is in the trash."],
    ),
    (
        "update products set version = 1 where sku = 'MUG'",
        &["The product MUG was changed past the app: its version."],
    ),
    (
        "update products set stock = 0 where sku = 'MUG'",
        &["The product MUG was changed past the app: Stock on hand."],
    ),
    (
        "update products set stock = 9 where sku = 'SHIRT'",
        &["The product SHIRT was changed past the app: Stock on hand."],
    ),
    (
        "update products set stock = 9 where sku = 'SHIRT-S'",
        &[
            "The product SHIRT was changed past the app: Stock on hand.",
            "The product SHIRT-S was changed past the app: Stock on hand.",
        ],
    ),
    (
        "update products set parent_id = (select id from suppliers) where sku = 'SHIRT-S'",
        &[
            "The product SHIRT was changed past the app: Stock on hand.",
            "The product SHIRT-S was changed past the app: Parent SKU.",
        ],
    ),
    (
        "update products set sku = 'POT' where sku = 'MUG'",
        &[
            "The product POT was changed past the app: SKU.",
            "The supplier product ACME/MUG was changed past the app: Supplier product.",
        ],
    ),
    (
        "delete from products where sku = 'MUG'",
        &["The product MUG was deleted past the app."],
    ),
    (
        "insert into products (id, version, sku, name, name_key, words, created_at, updated_at, tx_id) \
         select x'ffffffffffffffffffffffffffffffff', 1, 'EVIL', 'Evil', 'evil', ' evil ', 0, 0, 1 \
         from workspace",
        &["The product EVIL was added past the app."],
    ),
    (
        "update suppliers set email = 'eve@example.com'",
        &["The supplier ACME was changed past the app: E-mail."],
    ),
    (
        "delete from suppliers",
        &["The supplier ACME was deleted past the app."],
    ),
    (
        "update supplier_products set cost = 10000",
        &["The supplier product ACME/MUG was changed past the app: Cost."],
    ),
    (
        "update supplier_products set code = 'ACME/POT'",
        &["The supplier product ACME/POT was changed past the app: Supplier product."],
    ),
    (
        "update supplier_products set product_id = (select id from products where sku = 'SHIRT'), \
         code = 'ACME/SHIRT'",
        &["The supplier product ACME/SHIRT was changed past the app: SKU."],
    ),
    (
        "delete from supplier_products",
        &["The supplier product ACME/MUG was deleted past the app."],
    ),
    (
        "update custom_fields set choices = 'summer = Winter\nwinter = Summer'",
        &["The custom field season was changed past the app: Choices."],
    ),
    (
        "delete from custom_fields",
        &["The custom field season was deleted past the app."],
    ),
];

#[tokio::test]
async fn records_that_are_changed_past_the_app_are_found() {
    for (sql, told) in TAMPERINGS {
        on_each_desktop(async |desktop| {
            with_records(desktop).await;
            let found = verified(desktop).await;
            assert_eq!(found["problems"], json!([]), "{sql}");
            assert_eq!(found["records"], 6);
            desktop.sql(sql).await;
            let mut found = problems(desktop).await;
            found.sort();
            assert_eq!(found, *told, "{sql}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_record_that_was_deleted_for_good_does_not_come_back_past_the_app() {
    on_each_desktop(async |desktop| {
        let cup = desktop.create(json!({ "sku": "CUP", "name": "Cup" })).await;
        let one = json!({ "ids": [cup["id"]] });
        desktop.ok("products.trash", one.clone()).await;
        desktop.ok("products.purge", one).await;
        assert_eq!(problems(desktop).await, [""; 0]);
        let back = "insert into products (id, version, sku, name, name_key, words, created_at, updated_at, tx_id) \
            select entity_id, version, 'CUP', 'Cup', 'cup', ' cup ', 0, 0, tx_id \
            from journal where operation = 'purge'";
        desktop.sql(back).await;
        let told = "The product CUP was deleted for good, and put back past the app.";
        assert_eq!(problems(desktop).await, [told]);
    })
    .await;
}
