//! What the buyer asks of moves of whole lists: none of them goes by costs.

use serde_json::json;

use super::Player;
use super::questions::ask_plan;

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
