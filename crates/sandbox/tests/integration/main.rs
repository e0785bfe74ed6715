//! The practice shops, asked over real HTTP.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; clippy exempts test functions alone"
)]

mod catalogue;
mod frame;
mod maropost;
mod shopify;

/// A client. The shops are asked in plain http; built together with what fetches pictures, a client wants a
/// provider of encryption all the same.
fn client() -> reqwest::Client {
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    reqwest::Client::new()
}
