//! Practice shops: a Shopify and a Maropost Commerce Cloud on loopback HTTP, for trying the program
//! out and for its tests.
//!
//! They are written from what is known of the platforms and never from a client of ours. What a
//! practice shop does not know it refuses loudly: an invented answer is an error in it.
//!
//! [`Server`] puts a [`Shop`] on an address of this machine. Around every shop lie the same things:
//! [`Faults`] on request or by seed, a [`Journal`] of what was asked, a [`Clock`] that tests move,
//! [`Edit`]s as the merchant would make them behind our back, and a [`Catalogue`] that both
//! platforms are filled from. The same seed makes the same shop.
//! `docs/practice-shops.md` says how all of it is asked for over HTTP.

mod catalogue;
mod frame;
pub mod maropost;
pub mod shopify;

pub use catalogue::{Catalogue, Oddity, Product, Status, Variant};
pub use frame::{
    Aim, Chance, Clock, Edit, Exchange, Fault, Faults, Gate, Happened, Held, Journal, Moment,
    Ordered, Random, Reply, Request, Server, Shop, Shown, Totals, random_edit,
};
