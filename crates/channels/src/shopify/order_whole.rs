//! An order with everything that belongs to it, however many answers that takes.

use serde_json::{Value, json};

use super::documents::{MORE_CONTENTS, MORE_LINES, SHIPMENTS};
use super::json::{nodes, text};
use super::rest::rest;
use super::transport::{Repeat, Transport};
use crate::failure::Answered;

/// As many shipments as the first answer has at most.
const SHIPMENTS_FIRST: usize = 5;
/// As many payments as the first answer has at most.
const PAYMENTS_FIRST: usize = 10;

/// An order, whole.
#[derive(Debug, Default)]
pub(super) struct WholeOrder {
    /// The order itself, with its payments.
    pub(super) order: Value,
    /// Its lines.
    pub(super) lines: Vec<Value>,
    /// What was sent, each with all of its contents.
    pub(super) shipments: Vec<Shipment>,
}

/// Something that was sent.
#[derive(Debug, Default)]
pub(super) struct Shipment {
    /// The shipment itself.
    pub(super) shipment: Value,
    /// What is in it.
    pub(super) contents: Vec<Value>,
}

/// Makes an answer about an order whole: what did not fit into it is asked for. None when it was deleted meanwhile.
pub(super) async fn completed(
    transport: &Transport,
    mut order: Value,
) -> Answered<Option<WholeOrder>> {
    let id = text(&order, "id").to_owned();
    let Some(lines) = rest(transport, MORE_LINES, &id, &order["lineItems"]).await? else {
        return Ok(None);
    };
    // These lists have no next page: one that is as long as was asked for may be cut.
    let is_cut = nodes(&order["fulfillments"]).len() >= SHIPMENTS_FIRST
        || nodes(&order["transactions"]).len() >= PAYMENTS_FIRST;
    if is_cut {
        let asked = transport.ask(SHIPMENTS, json!({"id": id}), Repeat::Question);
        let mut data = asked.await?.data;
        if data["order"].is_null() {
            return Ok(None);
        }
        for list in ["fulfillments", "transactions"] {
            order[list] = data["order"][list].take();
        }
    }
    let mut shipments = Vec::new();
    for shipment in nodes(&order["fulfillments"]) {
        let id = text(shipment, "id");
        let first = &shipment["fulfillmentLineItems"];
        let Some(contents) = rest(transport, MORE_CONTENTS, id, first).await? else {
            return Ok(None);
        };
        let shipment = shipment.clone();
        shipments.push(Shipment { shipment, contents });
    }
    Ok(Some(WholeOrder {
        order,
        lines,
        shipments,
    }))
}
