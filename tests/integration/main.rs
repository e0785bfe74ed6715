//! The integration tests, one binary; its modules mirror `src/`.

mod bindings;
mod jobs;
mod store;
mod support;
