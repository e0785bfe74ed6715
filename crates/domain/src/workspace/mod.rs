//! The workspace: what its people set up for all of it, such as fields of its own. Types and rules, no
//! I/O.

pub mod custom_field;
