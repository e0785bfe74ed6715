//! The integration tests, one binary; its modules mirror `src/`.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed, and a test may print; clippy exempts test functions alone"
)]

mod architecture;
mod bindings;
mod cli;
mod commands;
mod jobs;
mod sources;
mod support;
