//! An answer about an order becomes an order.
//!
//! Amounts are those that the customer saw, in the order's own currency. Discounts of the order as a whole are shared out
//! by Shopify among its lines, and stand there.

use std::collections::HashMap;

use domain::channel::{
    Address, Customer, OrderPayment, OrderState, OrderTotals, Parcel, PaymentState, ShopOrder,
    ShopOrderLine, ShopShipment,
};
use serde_json::Value;

use super::json::{broken, moment, nodes, text};
use super::measure::money;
use super::order_whole::{Shipment, WholeOrder};
use crate::failure::{Answered, Failure, FailureKind};

/// An order as it was answered.
pub(super) fn order(whole: &WholeOrder) -> Answered<ShopOrder> {
    let order = &whole.order;
    let number = text(order, "name");
    let when = |name: &str| moment(&order[name]).ok_or_else(|| broken("when an order was changed"));
    let shipments: Vec<ShopShipment> = whole.shipments.iter().map(shipment).collect();
    let shipped = shipped(&shipments);
    let lines = whole.lines.iter().map(|of| line(of, &shipped));
    let lines = lines.collect::<Answered<Vec<ShopOrderLine>>>();
    let state_there = match order["cancelledAt"].is_null() {
        true => text(order, "displayFulfillmentStatus"),
        false => "CANCELLED",
    };
    Ok(ShopOrder {
        remote_id: text(order, "id").to_owned(),
        number: number.to_owned(),
        state: state(state_there),
        state_there: state_there.to_owned(),
        payment: payment_state(text(order, "displayFinancialStatus")),
        placed_at: when("processedAt")?,
        updated_at: when("updatedAt")?,
        cancelled_at: moment(&order["cancelledAt"]),
        split_from: String::new(),
        currency: text(order, "presentmentCurrencyCode").to_owned(),
        tax_included: order["taxesIncluded"].as_bool().unwrap_or_default(),
        totals: totals(order).map_err(|failure| in_order(number, failure))?,
        customer: customer(order),
        ship_to: address(&order["shippingAddress"]),
        bill_to: address(&order["billingAddress"]),
        shipping: titles(&order["shippingLines"]),
        note: text(order, "note").to_owned(),
        internal_note: String::new(),
        tags: tags(&order["tags"]),
        payments: payments(&order["transactions"]).map_err(|failure| in_order(number, failure))?,
        lines: lines.map_err(|failure| in_order(number, failure))?,
        shipments,
    })
}

/// A failure that says in which order it is.
fn in_order(number: &str, failure: Failure) -> Failure {
    let message = format!("The order {number} cannot be read. {}", failure.message);
    Failure::new(FailureKind::Broken, message)
}

fn state(there: &str) -> OrderState {
    match there {
        "CANCELLED" => OrderState::Cancelled,
        "FULFILLED" | "FULFILLMENT_NOT_REQUIRED" | "RESTOCKED" => OrderState::Shipped,
        "PARTIALLY_FULFILLED" => OrderState::PartShipped,
        "ON_HOLD" | "SCHEDULED" | "REQUEST_DECLINED" => OrderState::OnHold,
        _ => OrderState::Open,
    }
}

fn payment_state(there: &str) -> PaymentState {
    match there {
        "PENDING" => PaymentState::Pending,
        "AUTHORIZED" => PaymentState::Authorized,
        "PARTIALLY_PAID" => PaymentState::PartPaid,
        "PAID" => PaymentState::Paid,
        "PARTIALLY_REFUNDED" => PaymentState::PartRefunded,
        "REFUNDED" => PaymentState::Refunded,
        "VOIDED" | "EXPIRED" => PaymentState::Voided,
        _ => PaymentState::Unknown,
    }
}

fn totals(order: &Value) -> Answered<OrderTotals> {
    Ok(OrderTotals {
        goods: amount(&order["currentSubtotalPriceSet"])?,
        discount: 0,
        shipping: amount(&order["currentShippingPriceSet"])?,
        surcharge: 0,
        tax: amount(&order["currentTotalTaxSet"])?,
        total: amount(&order["currentTotalPriceSet"])?,
        paid: amount(&order["totalReceivedSet"])?,
        refunded: amount(&order["totalRefundedSet"])?,
    })
}

fn amount(bag: &Value) -> Answered<i64> {
    money(&bag["presentmentMoney"]["amount"]).ok_or_else(|| broken("an amount"))
}

fn customer(order: &Value) -> Customer {
    let customer = &order["customer"];
    Customer {
        remote_id: text(customer, "id").to_owned(),
        name: text(customer, "displayName").to_owned(),
        email: text(order, "email").to_owned(),
        phone: text(order, "phone").to_owned(),
    }
}

fn address(there: &Value) -> Option<Address> {
    let part = |name: &str| text(there, name).to_owned();
    there.is_object().then(|| Address {
        name: part("name"),
        company: part("company"),
        street: part("address1"),
        street2: part("address2"),
        postcode: part("zip"),
        city: part("city"),
        region: part("provinceCode"),
        country: part("countryCodeV2"),
        phone: part("phone"),
    })
}

fn titles(lines: &Value) -> String {
    let titles: Vec<&str> = nodes(lines)
        .iter()
        .map(|line| text(line, "title"))
        .collect();
    titles.join(", ")
}

fn tags(there: &Value) -> Vec<String> {
    let tags = nodes(there).iter().filter_map(Value::as_str);
    tags.map(str::to_owned).collect()
}

/// What was collected and what was paid back; what was only set aside is no payment yet.
fn payments(transactions: &Value) -> Answered<Vec<OrderPayment>> {
    let mut payments = Vec::new();
    for one in nodes(transactions) {
        let sign = match text(one, "kind") {
            "SALE" | "CAPTURE" => 1,
            "REFUND" => -1,
            _ => continue,
        };
        if text(one, "status") == "SUCCESS" {
            payments.push(OrderPayment {
                remote_id: text(one, "id").to_owned(),
                method: text(one, "formattedGateway").to_owned(),
                amount: amount(&one["amountSet"])?.saturating_mul(sign),
                at: moment(&one["processedAt"]),
            });
        }
    }
    Ok(payments)
}

/// How many of each line were sent.
fn shipped(shipments: &[ShopShipment]) -> HashMap<&str, i64> {
    let mut shipped: HashMap<&str, i64> = HashMap::new();
    let sent = shipments.iter().filter(|shipment| !shipment.is_cancelled);
    for (line, count) in sent.flat_map(|shipment| &shipment.contents) {
        let sum = shipped.entry(line).or_default();
        *sum = sum.saturating_add(*count);
    }
    shipped
}

fn line(line: &Value, shipped: &HashMap<&str, i64>) -> Answered<ShopOrderLine> {
    let id = text(line, "id");
    let count = |name: &str| {
        line[name]
            .as_i64()
            .ok_or_else(|| broken("how many are ordered"))
    };
    let shipped = shipped.get(id).copied().unwrap_or_default();
    let (ordered, left) = (count("quantity")?, count("unfulfilledQuantity")?);
    let price = amount(&line["originalUnitPriceSet"])?;
    let after = amount(&line["discountedUnitPriceAfterAllDiscountsSet"])?;
    let mut tax = 0_i64;
    for one in nodes(&line["taxLines"]) {
        tax = tax.saturating_add(amount(&one["priceSet"])?);
    }
    Ok(ShopOrderLine {
        remote_id: id.to_owned(),
        item: item(line),
        sku: text(line, "sku").to_owned(),
        title: text(line, "name").to_owned(),
        ordered,
        wanted: left.saturating_add(shipped),
        shipped,
        is_sent: line["requiresShipping"].as_bool().unwrap_or(true),
        price,
        discount: price.saturating_sub(after).saturating_mul(ordered),
        tax,
    })
}

/// The item that was ordered: a product without options is known by its own id.
fn item(line: &Value) -> String {
    let product = &line["product"];
    match product["hasOnlyDefaultVariant"].as_bool() {
        Some(true) => text(product, "id").to_owned(),
        _ => text(&line["variant"], "id").to_owned(),
    }
}

fn shipment(whole: &Shipment) -> ShopShipment {
    let there = &whole.shipment;
    let contents = whole.contents.iter().map(|one| {
        let id = text(&one["lineItem"], "id").to_owned();
        (id, one["quantity"].as_i64().unwrap_or_default())
    });
    ShopShipment {
        remote_id: text(there, "id").to_owned(),
        at: moment(&there["createdAt"]),
        is_cancelled: matches!(text(there, "status"), "CANCELLED" | "ERROR" | "FAILURE"),
        parcels: nodes(&there["trackingInfo"]).iter().map(parcel).collect(),
        contents: contents.collect(),
    }
}

fn parcel(there: &Value) -> Parcel {
    Parcel {
        carrier: text(there, "company").to_owned(),
        number: text(there, "number").to_owned(),
        url: text(there, "url").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bag(amount: &str) -> Value {
        json!({"presentmentMoney": {"amount": amount}})
    }

    fn whole() -> WholeOrder {
        let mut order = json!({
            "id": "gid://shopify/Order/1", "name": "#1001", "processedAt": "2026-11-01T10:00:00Z",
            "updatedAt": "2026-11-02T10:00:00Z", "cancelledAt": null, "displayFulfillmentStatus": "UNFULFILLED",
            "displayFinancialStatus": null, "presentmentCurrencyCode": "EUR", "taxesIncluded": true,
        });
        for total in [
            "currentSubtotalPriceSet",
            "currentShippingPriceSet",
            "currentTotalTaxSet",
            "currentTotalPriceSet",
            "totalReceivedSet",
            "totalRefundedSet",
        ] {
            order[total] = bag("7.5");
        }
        let line = json!({
            "id": "L", "name": "Mug", "sku": null, "quantity": 2, "unfulfilledQuantity": 2, "variant": null,
            "product": null, "originalUnitPriceSet": bag("4.0"), "discountedUnitPriceAfterAllDiscountsSet": bag("3.75"),
        });
        WholeOrder {
            order,
            lines: vec![line],
            shipments: Vec::new(),
        }
    }

    #[test]
    fn what_a_shop_leaves_out_is_empty_and_never_guessed() {
        let order = super::order(&whole()).unwrap();
        assert_eq!(order.payment, PaymentState::Unknown);
        assert_eq!((order.ship_to, order.customer), (None, Customer::default()));
        let line = &order.lines[0];
        assert_eq!((line.item.as_str(), line.sku.as_str()), ("", ""));
        assert_eq!((line.price, line.discount), (40_000, 5_000));
        assert_eq!(order.totals.total, 75_000);
    }

    #[test]
    fn an_amount_that_cannot_be_held_names_its_order() {
        for at in ["totalReceivedSet", "line"] {
            let mut whole = whole();
            match at {
                "line" => whole.lines[0]["originalUnitPriceSet"] = bag("1e99"),
                at => whole.order[at] = bag("many"),
            }
            let failure = order(&whole).unwrap_err();
            assert_eq!(failure.kind, FailureKind::Broken);
            assert!(failure.message.contains("#1001"), "{failure:?}");
        }
    }
}
