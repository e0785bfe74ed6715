//! What tests start from: a fresh workspace on each kind of database, and products to put in it.

mod builder;
mod databases;

pub use builder::{applied, batch, create, number, restore, text, trash, update, write};
pub use databases::{Place, admin, on_each_database, server};
