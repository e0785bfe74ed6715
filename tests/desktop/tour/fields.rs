//! Fields of the workspace's own: none, one made by hand, several with values, and where they stand.

use serde_json::{Value, json};

use super::Tour;

/// Makes a few fields, gives a product their values, and looks at it.
pub async fn visit(tour: &Tour) {
    make(tour).await;
    for fields in more() {
        tour.call("custom_fields.create", json!({ "fields": fields }))
            .await;
    }
    list(tour).await;
    product(tour).await;
}

/// The first one, in the form.
async fn make(tour: &Tour) {
    let app = &tour.app;
    tour.go("/settings/fields").await;
    app.by_test_id("empty-state").await;
    tour.see("fields-empty").await;
    app.click_test_id("first-record").await;
    app.fill_test_id("field-custom_field.label", "Season").await;
    app.choose("field-custom_field.type", "Choice").await;
    for (number, label) in ["Spring", "High summer", "Autumn"].into_iter().enumerate() {
        app.click_test_id("add-choice").await;
        app.fill_test_id(&format!("choice-{}", number + 1), label)
            .await;
    }
    app.fill_test_id("field-custom_field.section", "Basics")
        .await;
    app.click_test_id("field-custom_field.filterable").await;
    tour.see("new-field").await;
    app.click_test_id("create-record").await;
    app.wait_text("season created").await;
    tour.dismiss().await;
    tour.see("field").await;
    app.click_test_id("close-panel").await;
}

/// The others, of every sort of control.
fn more() -> [Value; 6] {
    [
        (
            "Material",
            "text",
            json!({ "custom_field.filterable": true }),
        ),
        (
            "Sold in",
            "choices",
            json!({ "custom_field.choices": "Shop\nMarket\nOnline",
                    "custom_field.help": "Where it may be offered." }),
        ),
        ("Launched", "date", json!({})),
        (
            "Deposit",
            "money",
            json!({ "custom_field.section": "Prices" }),
        ),
        ("Dishwasher", "flag", json!({})),
        (
            "How to care for it",
            "long_text",
            json!({ "custom_field.section": "Care" }),
        ),
    ]
    .map(|(label, of_type, mut fields)| {
        fields["custom_field.label"] = json!(label);
        fields["custom_field.type"] = json!(of_type);
        fields
    })
}

async fn list(tour: &Tour) {
    let app = &tour.app;
    app.wait_text("How to care for it").await;
    tour.see("fields").await;
    for code in ["season", "material"] {
        app.click("checkbox", &format!("Select {code}")).await;
    }
    app.click_test_id("trash-selected").await;
    app.by_test_id("confirm-dialog").await;
    tour.see("fields-to-trash").await;
    app.click("button", "Cancel").await;
    app.click("button", "Clear selection").await;
}

/// A product with values in all of them, and the list that is sorted by one.
async fn product(tour: &Tour) {
    let app = &tour.app;
    let page = json!({ "offset": 0, "limit": 20 });
    let made = tour.call("custom_fields.list", page).await;
    let rows = made["rows"].as_array().unwrap();
    let values = [
        ("season", json!("high_summer")),
        ("material", json!("Enamelled steel")),
        ("sold_in", json!(["market", "shop"])),
        ("launched", json!("2026-03-01")),
        ("deposit", json!(25_000)),
        ("dishwasher", json!(true)),
        (
            "how_to_care_for_it",
            json!("By hand, warm.\nNo scouring pads."),
        ),
    ];
    let changes: Vec<Value> = values
        .into_iter()
        .map(|(code, new)| {
            let field = rows
                .iter()
                .find(|row| row["fields"]["custom_field.code"] == code);
            let id = field.unwrap_or_else(|| panic!("{code} is made"))["id"].as_str();
            json!({ "field": format!("custom.{}", id.unwrap()), "old": null, "new": new })
        })
        .collect();
    let id = tour.product("KIT-1001").await;
    let detail = tour.call("products.get", json!({ "id": id })).await;
    let version = &detail["product"]["version"];
    let update = json!({ "id": id, "version": version, "changes": changes });
    tour.call("products.update", update).await;
    tour.go(&format!("/products/{id}?q=KIT-10")).await;
    app.wait_text("Season").await;
    tour.see("product-with-fields").await;
    for (section, name) in [("Care", "care"), ("More", "more")] {
        app.click("button", section).await;
        tour.see(&format!("product-with-fields-{name}")).await;
    }
    app.click_test_id("close-panel").await;
    app.click_test_id("columns-menu").await;
    for column in ["Season", "Material"] {
        app.click("menuitemcheckbox", column).await;
    }
    tour.escape().await;
    tour.see("products-with-fields").await;
    app.click_test_id("columns-menu").await;
    for column in ["Season", "Material"] {
        app.click("menuitemcheckbox", column).await;
    }
    tour.escape().await;
}
