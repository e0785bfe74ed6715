//! What a customer ordered in a shop, in words that know no platform.
//!
//! Money is in 1/10000 of the order's currency. What a shop does not say is empty or none, never guessed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::values::Timestamp;

/// How far an order is, as the shop has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// There is something to send.
    Open,
    /// There is, and it waits for something: a payment, an address, a look at it, goods.
    OnHold,
    /// Some of it was sent.
    PartShipped,
    /// Everything was sent that is to be sent.
    Shipped,
    /// It was called off.
    Cancelled,
}

/// How far it is paid, as the shop has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Nothing was paid.
    Pending,
    /// It can be collected, and was not yet.
    Authorized,
    /// A part was paid.
    PartPaid,
    /// All of it was paid.
    Paid,
    /// A part was paid back.
    PartRefunded,
    /// All of it was paid back.
    Refunded,
    /// It can be collected no more.
    Voided,
    /// The shop does not say.
    Unknown,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShopOrder {
    /// What identifies it in the shop, for good.
    pub remote_id: String,
    /// What people call it: `#1001`, `N10155`.
    pub number: String,
    /// How far it is.
    pub state: OrderState,
    /// The same in the shop's own word.
    pub state_there: String,
    /// How far it is paid.
    pub payment: PaymentState,
    /// When the customer placed it.
    pub placed_at: Timestamp,
    /// When it was changed last in the shop.
    pub updated_at: Timestamp,
    /// When it was called off.
    pub cancelled_at: Option<Timestamp>,
    /// The order that it was split off from; empty for none.
    pub split_from: String,
    /// Its currency, as ISO 4217 has it; empty where the shop does not say, which is the shop's own then.
    pub currency: String,
    /// Whether the prices of its lines contain tax.
    pub tax_included: bool,
    /// What it comes to.
    pub totals: OrderTotals,
    /// Who ordered.
    pub customer: Customer,
    /// Where it goes; none for what is fetched or needs no sending, or where the shop does not know.
    pub ship_to: Option<Address>,
    /// Where the invoice goes.
    pub bill_to: Option<Address>,
    /// How it goes, as the customer chose: `Express`; empty when nothing was chosen.
    pub shipping: String,
    /// What the customer wrote.
    pub note: String,
    /// What the merchant wrote for colleagues.
    pub internal_note: String,
    /// The merchant's labels.
    pub tags: Vec<String>,
    /// What was paid.
    pub payments: Vec<OrderPayment>,
    /// What was ordered, in the order of the shop.
    pub lines: Vec<ShopOrderLine>,
    /// What was sent.
    pub shipments: Vec<ShopShipment>,
}

/// What an order comes to now, after what was taken off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderTotals {
    /// The goods, after the discounts of their lines.
    pub goods: i64,
    /// What was taken off the order as a whole, as a positive amount.
    pub discount: i64,
    /// Sending it.
    pub shipping: i64,
    /// Whatever else is charged: for a card, for gift wrapping, by rounding.
    pub surcharge: i64,
    /// The tax, contained in the rest or added to it.
    pub tax: i64,
    /// What the customer owes altogether.
    pub total: i64,
    /// What was paid.
    pub paid: i64,
    /// What was paid back.
    pub refunded: i64,
}

/// Who ordered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// What the shop knows the customer by; empty for guests.
    pub remote_id: String,
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// First and last name.
    pub name: String,
    /// Company.
    pub company: String,
    /// Street and number.
    pub street: String,
    /// Whatever else belongs to the street.
    pub street2: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Province or state.
    pub region: String,
    /// Country, as ISO 3166 has it in two letters.
    pub country: String,
    /// Telephone number.
    pub phone: String,
}

/// Something that was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderPayment {
    /// What identifies it in the shop; empty when it has no name there.
    pub remote_id: String,
    /// By what: `PayPal`.
    pub method: String,
    /// How much; what was paid back is negative.
    pub amount: i64,
    /// When.
    pub at: Option<Timestamp>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShopOrderLine {
    /// What identifies it in the shop.
    pub remote_id: String,
    /// The item of the shop that was ordered, as [`super::ShopItem::remote_id`] names it; empty where that is gone, never
    /// was, or is named by its SKU alone.
    pub item: String,
    /// Its SKU as it was ordered; may be empty.
    pub sku: String,
    /// What it was called when it was ordered, with its options.
    pub title: String,
    /// How many were ordered.
    pub ordered: i64,
    /// How many of them are still wanted, after what was taken off or paid back before it was sent.
    pub wanted: i64,
    /// How many of these were sent.
    pub shipped: i64,
    /// Whether it is something to send, and not a download or a service.
    pub is_sent: bool,
    /// The price of one, before discounts.
    pub price: i64,
    /// What was taken off the line as a whole, as a positive amount.
    pub discount: i64,
    /// The tax of the line as a whole.
    pub tax: i64,
}

/// Something that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShopShipment {
    /// What identifies it in the shop; empty where it has no id of its own.
    pub remote_id: String,
    /// When, as far as the shop says.
    pub at: Option<Timestamp>,
    /// Whether it was called off.
    pub is_cancelled: bool,
    /// Its parcels; none where no tracking number is known.
    pub parcels: Vec<Parcel>,
    /// What is in it: ids of lines, and how many of each.
    pub contents: Vec<(String, i64)>,
}

/// A parcel on its way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parcel {
    /// Who carries it, in the shop's word.
    pub carrier: String,
    /// Its tracking number.
    pub number: String,
    /// Where it can be tracked; empty when the shop does not say.
    pub url: String,
}
