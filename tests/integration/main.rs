//! The integration tests, one binary; its modules mirror `src/`.

mod bindings;
mod store;
mod support;
