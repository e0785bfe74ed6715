//! What lies around every practice shop: the server and its gate, faults, the journal, the clock, edits.

mod clock;
mod control;
mod edit;
mod faults;
mod gate;
mod journal;
mod message;
mod random;
mod server;
mod shared;
mod shop;

pub use clock::{Clock, Moment};
pub use edit::{Edit, Ordered, Shown, random_edit};
pub use faults::{Aim, Chance, Fault, Faults, Happened};
pub use gate::{Gate, Held};
pub use journal::{Exchange, Journal, Totals};
pub use message::{Reply, Request};
pub use random::Random;
pub use server::Server;
pub use shop::Shop;
