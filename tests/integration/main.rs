//! The integration tests, one binary; its modules mirror `src/`.

mod bindings;
mod cli;
mod commands;
mod jobs;
mod store;
mod support;
