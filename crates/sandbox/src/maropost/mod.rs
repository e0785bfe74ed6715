//! A practice Maropost Commerce Cloud (formerly Neto).
//!
//! It is written from what is known of the platform: one endpoint, the action in a header, an
//! envelope with `Ack`, everything a text, lists that are bare values when they have one row. Where
//! the sources disagree, or say nothing, there is a switch in [`Settings`], so that a client can be
//! tried under every answer ([`Settings::by_chance`] turns all of them). What is not simulated is answered by status 501, a header
//! `x-sandbox-error` and a body that no client can take for an answer of the platform's; nothing is
//! written then. Messages that begin with "(wording of the practice shop)" are in words that no
//! source has.
//!
//! Below `/practice/` it answers, besides what every practice shop does: `GET settings`,
//! `POST settings` with the settings to change, `POST orders` with an order that a customer places (the
//! body of one `Order` of `AddOrder`), `POST payments` with `OrderID`, `Amount` and `PaymentType`.
//!
//! # Covered
//! `GetItem`, `AddItem`, `UpdateItem` with specifics, categories, prices of groups, pictures and
//! stock by warehouse; `GetCategory`, `AddCategory`, `UpdateCategory`; `GetWarehouse`; `GetOrder`,
//! `AddOrder`, `UpdateOrder`; `GetShippingMethods`, `GetPaymentMethods`.
//!
//! # Not covered
//! Requests in XML, OAuth of add-ons, suppliers, customers, content, payments by the interface,
//! returns, vouchers, kits, related products, sales channels, locations within a warehouse. Reading
//! an item answers those of its parts as empty, since no item has any.
//!
//! # Where the facts are silent and there is no switch
//! - Items are found in the order of their ids unless `OrderBy` says otherwise.
//! - Taking away a category, a price or a picture that is not there does nothing.
//! - Categories and warehouses are answered with what is selected and nothing else.
//! - A second tracking number of a line replaces the first.
//! - An order that is dispatched has all of its lines sent, whether or not the request says so.
//! - The gateway's page for 429 is HTML without anything to read in it.

mod dates;
mod envelope;
mod field;
mod filter;
mod forms;
mod items;
mod loose;
mod loud;
mod merchant;
mod number;
mod orders;
mod picture;
mod rate;
mod seed;
mod settings;
mod settings_by_chance;
mod sheet;
mod shop;
mod state;
mod switches;
mod xml;

pub use settings::*;
pub use shop::Maropost;
