//! A practice Maropost Commerce Cloud (formerly Neto).
//!
//! It is written from what is known of the platform: one endpoint, the action in a header, an
//! envelope with `Ack`, everything a text, lists that are bare values when they have one row. Where
//! the sources disagree, or say nothing, there is a switch in [`Settings`], so that a client can be
//! tried under every answer. What is not simulated is answered by status 501, a header
//! `x-sandbox-error` and a body that no client can take for an answer of the platform's.
//!
//! Below `/practice/` it answers, besides what every practice shop does: `GET settings`,
//! `POST settings` with the settings to change, `POST orders` with an order that a customer places (the
//! body of one `Order` of `AddOrder`), `POST payments` with `OrderID`, `Amount` and `PaymentType`.

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
mod sheet;
mod shop;
mod state;
mod xml;

pub use settings::*;
pub use shop::Maropost;
