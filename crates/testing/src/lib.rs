//! What tests start from: a fresh workspace on each kind of database, and products to put in it.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed, and a test may print"
)]

mod builder;
mod databases;

pub use builder::{
    applied, batch, create, history_of, number, restore, text, trash, update, write,
};
pub use databases::{
    Place, ServerUser, TestStore, admin, on_each_database, past_the_journal, server,
};
