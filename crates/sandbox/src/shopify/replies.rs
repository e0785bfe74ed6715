//! Replies that answer no operation.

use serde_json::{Value, json};

use super::engine;
use crate::frame::Reply;

/// The operation alone costs more than one may.
pub(super) fn too_expensive(cost: f64) -> Reply {
    let most = engine::MOST_PER_OPERATION;
    let message = format!(
        "Query cost is {cost}, which exceeds the single query max cost limit ({most}). \
         See https://shopify.dev/concepts/about-apis/rate-limits for more information on how the cost of a query \
         is calculated."
    );
    let documentation = "https://shopify.dev/api/usage/rate-limits";
    let extensions = json!({"code": "MAX_COST_EXCEEDED", "cost": engine::whole(cost), "maxCost": engine::whole(most), "documentation": documentation});
    Reply::json(
        200,
        &json!({"errors": [{"message": message, "extensions": extensions}]}),
    )
}

/// What the practice shop does not know: no client can take it for an answer of the platform's.
pub(super) fn not_here(body: &Value, why: &str) -> Reply {
    let plain: String = why
        .chars()
        .filter(|one| one.is_ascii_graphic() || *one == ' ')
        .collect();
    Reply::json(501, body).with_header("x-sandbox-error", plain)
}
