//! The real app on a virtual screen, driven end to end as a person would. On Linux, which has virtual
//! screens.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; clippy exempts test functions alone"
)]

mod boundary;
mod channels;
mod closing;
mod decisions;
mod dirty;
mod grid;
mod harness;
mod import;
mod keyboard;
mod narrow;
mod people;
mod pictures;
mod purchasing;
mod shop;
mod start;
mod tour;
mod variants;
