//! The tests that need more than one room; the modules mirror `src/`.

mod architecture;
mod bindings;
