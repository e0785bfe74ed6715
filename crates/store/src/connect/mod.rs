//! Connecting to a workspace: a server's address and what is wrong with it, opening a file or a
//! server, and bringing the schema up to date.

mod access;
mod address;
mod anew;
mod backup;
mod check;
pub(super) mod migrate;
mod open;
mod reach;

pub use address::{MySqlAddress, Tls};
pub use check::ServerCheck;
pub(super) use open::WRITER_CACHE;
