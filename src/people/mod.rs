//! People: roles, permissions, passwords. Types and rules, no I/O.

mod role;

pub use role::{Permission, Role};
