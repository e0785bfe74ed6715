//! The app on a fresh workspace of each kind of database.

mod app;

pub use app::{PASSWORD, TestApp, at_each_place, on_each_desktop, shared, tls_word};
