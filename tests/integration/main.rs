//! The integration tests, one binary; its modules mirror `src/`.

mod bindings;
mod commands;
mod jobs;
mod store;
mod support;
