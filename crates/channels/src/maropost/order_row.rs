//! An order as it is answered, and how its parts are read.
//!
//! What is missing or empty is nothing; a number that is none makes the order one that cannot be read, as a guess at
//! money or quantities would be worse.

use domain::values::{Decimal, Timestamp};
use serde_json::Value as Json;

use super::envelope::moment;
use super::loose::{Object, each, rows, scalar, text};
use super::scalar::decimal;
use crate::failure::{Answered, Failure, FailureKind};

/// What is selected of an order to find it.
pub(super) const KEYS: [&str; 3] = ["ID", "OrderStatus", "DateUpdated"];

/// What is selected of an order that is read whole. Every column of a line has to be named.
pub(super) const SELECTORS: &[&str] = &[
    "ID",
    "OrderStatus",
    "OnHoldType",
    "RelatedOrderID",
    "Username",
    "Email",
    "ShipAddress",
    "BillAddress",
    "ShippingOption",
    "DeliveryInstruction",
    "InternalOrderNotes",
    "StickyNotes",
    "DatePlaced",
    "DateUpdated",
    "DateCompletedUTC",
    "TaxInclusive",
    "GrandTotal",
    "OrderTax",
    "ShippingTotal",
    "ShippingDiscount",
    "SurchargeTotal",
    "CouponDiscount",
    "OrderPayment",
    "OrderPayment.PaymentType",
    "OrderPayment.DatePaid",
    "OrderLine",
    "OrderLine.ProductName",
    "OrderLine.Quantity",
    "OrderLine.QuantityShipped",
    "OrderLine.UnitPrice",
    "OrderLine.Tax",
    "OrderLine.PercentDiscount",
    "OrderLine.ProductDiscount",
    "OrderLine.ShippingMethod",
    "OrderLine.ShippingServiceName",
    "OrderLine.ShippingCarrierName",
    "OrderLine.ShippingTracking",
    "OrderLine.ShippingTrackingUrl",
];

/// The status of what is no order yet.
const QUOTE: &str = "Quote";

/// An order as it was answered.
#[derive(Debug, Clone)]
pub(super) struct OrderRow {
    /// Its id.
    pub(super) id: String,
    /// All of it.
    pub(super) object: Object,
}

impl OrderRow {
    /// The order of a record, which has an id.
    pub(super) fn of(object: Object) -> Answered<Self> {
        let ids = ["OrderID", "ID"].map(|name| told(&object, name));
        match ids.into_iter().find(|id| !id.is_empty()) {
            Some(id) => Ok(Self { id, object }),
            None => {
                let message = "The shop's answer holds an order without an id.";
                Err(Failure::new(FailureKind::Broken, message))
            }
        }
    }

    /// Whether it is no order, but what one would cost.
    pub(super) fn is_quote(&self) -> bool {
        told(&self.object, "OrderStatus").eq_ignore_ascii_case(QUOTE)
    }

    /// When it was changed last.
    pub(super) fn updated(&self) -> Option<Timestamp> {
        moment(&told(&self.object, "DateUpdated"))
    }

    /// A number of the order or of a part of it; missing or empty, it is zero.
    pub(super) fn number(&self, of: &Object, name: &str) -> Answered<Decimal> {
        match of.get(name) {
            None => Ok(Decimal::default()),
            Some(value) => {
                let number = scalar(value).and_then(|told| decimal(&told));
                number.ok_or_else(|| self.unread(name))
            }
        }
    }

    /// The same, in ten-thousandths.
    pub(super) fn money(&self, of: &Object, name: &str) -> Answered<i64> {
        self.number(of, name).map(Decimal::units)
    }

    /// The same as something that is taken off: there is no saying whether the shop writes that below zero.
    pub(super) fn taken_off(&self, of: &Object, name: &str) -> Answered<i64> {
        self.money(of, name).map(i64::saturating_abs)
    }

    /// The rows of a collection; nothing where the shop does not tell it. Something that is no row is no answer.
    pub(super) fn parts(&self, name: &str) -> Answered<Option<Vec<&Object>>> {
        let Some(value) = self.object.get(name) else {
            return Ok(None);
        };
        let are_rows = |value: &Json| each(value).into_iter().all(Json::is_object);
        let inner = each(value).into_iter().filter_map(|one| one.get(name));
        match are_rows(value) && inner.into_iter().all(are_rows) {
            true => Ok(Some(rows(value, name))),
            false => Err(self.unread(name)),
        }
    }

    /// An order that cannot be read, because of this.
    pub(super) fn unread(&self, what: &str) -> Failure {
        let message = format!(
            "Order {} of the shop cannot be read: its {what} is not understood.",
            self.id
        );
        Failure::new(FailureKind::Broken, message)
            .hint("Look at the order in the control panel, and at what it has there.")
    }
}

/// A text without the space around it; empty when there is none.
pub(super) fn told(object: &Object, name: &str) -> String {
    text(object, name).unwrap_or_default().trim().to_owned()
}

/// The first of these texts that is not empty.
pub(super) fn first_told(object: &Object, names: &[&str]) -> String {
    let mut texts = names.iter().map(|name| told(object, name));
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}
