//! What tests start from: a fresh workspace on each kind of database, the app on it, and products
//! to put in it.

mod app;
mod builder;
mod databases;

pub use app::{PASSWORD, TestApp, at_each_place, on_each_desktop, shared};
pub use builder::{applied, batch, create, number, restore, text, trash, update, write};
pub use databases::{Place, ServerUser, admin, on_each_database, server};
