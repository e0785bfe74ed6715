//! What tests start from: a fresh workspace on each kind of database, and products to put in it.

mod builder;
mod databases;

pub use builder::{applied, batch, create, fields, number, restore, text, trash, update, write};
pub use databases::{TestStore, on_each_database};
