//! How the shop sends, and how its customers pay.

use serde_json::{Value, json};

use crate::maropost::envelope::Answer;
use crate::maropost::loose::Object;
use crate::maropost::loud::{Loud, Simulated};

/// The shipping services. `TrackingDetails` has to name one of them.
const SHIPPING: [&str; 4] = [
    "Australia Post eParcel",
    "Express Shipping",
    "StarTrack",
    "Local Pickup",
];

/// The ways to pay.
const PAYMENT: [&str; 3] = ["PayPal Checkout", "Credit Card", "Bank Transfer"];

/// Whether there is a shipping service of that name.
pub(crate) fn ships(name: &str) -> bool {
    SHIPPING.contains(&name)
}

/// Answers `GetShippingMethods`.
pub(crate) fn shipping(body: &Object) -> Simulated<Answer> {
    bare(body)?;
    let visibility = json!({ "customers": "True", "ebay": "False", "staff": "True" });
    let method = |(name, id): (&&str, usize)| {
        json!({
            "id": id.to_string(),
            "name": name,
            "description": "",
            "status": "Active",
            "visibility": visibility,
        })
    };
    let methods: Vec<Value> = SHIPPING.iter().zip(1..).map(method).collect();
    Ok(Answer::whole(
        "ShippingMethods",
        json!({ "ShippingMethod": methods }),
    ))
}

/// Answers `GetPaymentMethods`, whose booleans are `y` and `n`.
pub(crate) fn payment(body: &Object) -> Simulated<Answer> {
    bare(body)?;
    let method = |(name, id): (&&str, usize)| {
        json!({
            "id": id.to_string(),
            "name": name,
            "active": "y",
            "visible": if id == 1 { "y" } else { "n" },
            "acc_code": "",
        })
    };
    let methods: Vec<Value> = PAYMENT.iter().zip(1..).map(method).collect();
    Ok(Answer::whole(
        "PaymentMethods",
        json!([{ "PaymentMethod": methods }]),
    ))
}

fn bare(body: &Object) -> Simulated<()> {
    match body.is_empty() {
        true => Ok(()),
        false => Err(Loud::new(
            "UnknownFilter",
            "this action takes {} and nothing else",
        )),
    }
}
