//! The channels against the practice shops, over real HTTP.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; clippy exempts test functions alone"
)]

mod http;
mod maropost;
mod shopify;
