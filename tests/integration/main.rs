//! The tests that need more than one room; the modules mirror `src/`.

mod bindings;
mod commands;
mod store;
mod support;
