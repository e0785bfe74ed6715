//! The tests that need more than one room; the modules mirror `src/`.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; clippy exempts test functions alone"
)]

mod architecture;
mod bindings;
mod sources;
