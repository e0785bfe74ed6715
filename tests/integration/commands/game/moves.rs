//! What the buyer asks of moves of whole lists and of families of variants: none of them goes by costs.

use serde_json::json;

use super::questions::ask_plan;
use super::{Left, Player};

pub(super) async fn ask_moves(player: &mut Player) {
    let by_cost = json!([{ "field": "supplier_product.cost", "any": [11_000, 94_000] }]);
    for request in [
        json!({ "kind": "product", "operation": "trash" }),
        json!({ "kind": "product", "operation": "trash", "filter": { "search": "1.1" } }),
        json!({ "kind": "supplier_product", "operation": "trash" }),
        json!({ "kind": "supplier_product", "operation": "trash", "search": "11000" }),
        json!({ "kind": "supplier_product", "operation": "trash", "filters": by_cost }),
        json!({ "kind": "supplier_product", "operation": "purge" }),
    ] {
        if let Some(started) = player.run("plans.move", request).await {
            ask_plan(player, &started["plan"]).await;
        }
    }
}

/// Variants of the mug, whose cost the buyer may neither see nor copy.
pub(super) async fn ask_variants(player: &mut Player, left: &Left) {
    let mug = left.ids["products"][0].clone();
    let sizes = json!([{ "name": "Size", "values": ["S", "M"] }]);
    let edits = json!([{ "values": ["S"], "fields": { "cost": 11_000 } }]);
    let all = json!({ "id": mug, "options": sizes, "copyStock": true });
    let guess = json!({ "id": mug, "options": sizes, "edits": edits });
    player.ask("products.plan_variants", guess).await;
    player.ask("products.plan_variants", all.clone()).await;
    player.ask("products.generate_variants", all).await;
    let family = player.ask("products.variants", json!({ "id": mug })).await;
    let small = family.unwrap()["variants"][0]["id"].clone();
    for (field, old, new) in [
        ("cost", json!(11_000), json!(1)),
        ("rrp", json!(null), json!(5)),
    ] {
        let change = json!([{ "field": field, "old": old, "new": new }]);
        let cells = json!({ "records": [{ "id": small, "version": 1, "changes": change }] });
        player.ask("products.update_many", cells).await;
    }
    let order = json!({ "id": mug, "ids": [small] });
    player.ask("products.order_variants", order).await;
    let rename = json!({ "id": mug, "option": "size", "to": "Sizes" });
    player.ask("products.rename_option", rename).await;
    let rename = json!({ "id": mug, "option": "Sizes", "value": "S", "to": "XS" });
    player.ask("products.rename_option_value", rename).await;
    let out = json!({ "variants": [{ "id": small }], "parent": null });
    player.ask("products.move_to", out).await;
    let options = json!([{ "name": "Size", "value": "S" }]);
    let parent = json!({ "id": small, "sku": "TOP", "options": options });
    player.ask("products.make_parent", parent).await;
    let skus = json!({ "skus": ["MUG-S", "MUG-M", "TOP"] });
    player.ask("products.find", skus).await;
}
