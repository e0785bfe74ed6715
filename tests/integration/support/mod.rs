//! The app on a fresh workspace of each kind of database.

mod app;
mod pictures;

pub use app::{
    PASSWORD, TestApp, at_each_place, on_each_desktop, on_each_hurried_desktop, shared, tls_word,
};
pub use pictures::{PictureServer, picture};
