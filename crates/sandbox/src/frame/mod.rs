//! What lies around every practice shop: the server, faults, the journal, the clock, edits.

mod clock;
mod control;
mod edit;
mod faults;
mod journal;
mod message;
mod random;
mod server;
mod shop;

pub use clock::{Clock, Moment};
pub use edit::{Edit, random_edit};
pub use faults::{Aim, Chance, Fault, Faults, Happened};
pub use journal::{Exchange, Journal, Totals};
pub use message::{Reply, Request};
pub use random::Random;
pub use server::Server;
pub use shop::Shop;
