//! The tests that need more than one room; the modules mirror `src/`.

mod bindings;
mod store;
mod support;
