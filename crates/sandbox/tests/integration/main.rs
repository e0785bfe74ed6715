//! The practice shops, asked over real HTTP.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; clippy exempts test functions alone"
)]

mod catalogue;
mod frame;
mod maropost;
mod shopify;
