//! People: roles, permissions, passwords, sign-in. Types and rules, no I/O.

mod email;
mod lockout;
mod password;
mod role;

pub use email::Email;
pub use lockout::{GuessGuard, locked_error, locked_until};
pub use password::{check_new_password, hash_password, verify_password};
pub use role::{Permission, Role};
