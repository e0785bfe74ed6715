//! The tests that need more than one room; the modules mirror `src/`.
#![expect(clippy::unwrap_used, reason = "a test stops at anything unexpected")]
#![expect(clippy::print_stdout, reason = "a check that was left out says so")]

mod bindings;
mod store;
mod support;
